"""Turn cases into the words of their papers, and declare their series of numbers."""
