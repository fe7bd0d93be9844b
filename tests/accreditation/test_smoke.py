def test_whole(walk):
    case = walk.to("name_station")
    print(case.state, walk.title.document_number)
