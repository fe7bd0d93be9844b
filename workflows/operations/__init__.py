"""Do what offices do with a task or a case: each operation is one guarded function.

Button, API, batch and timer call the same function. It locks the case, reads the task again, asks
whether the operation is allowed to this person here, does it and writes one entry with its effect
on the clocks; all or nothing. Words and meanings stand in `workflows.vocabulary`.
"""

from workflows.operations.adding import (
    add_after,
    add_alongside,
    add_before,
    answer,
    consult,
    recall_consult,
    remove_signer,
)
from workflows.operations.batch import perform_batch
from workflows.operations.claiming import claim, decline, release
from workflows.operations.copying import circulate, copy, read_copy, withdraw_copy, write_on_copy
from workflows.operations.guard import Answered, can, offered
from workflows.operations.handing import Inventory, hand_over, inventory, transfer
from workflows.operations.holding import resume, stay, suspend
from workflows.operations.proposing import confirm, propose, reject
from workflows.operations.returning import send_back, take_back, targets
from workflows.operations.urging import answer_urging, may_answer_urging, urge

__all__ = [
    "Answered",
    "Inventory",
    "add_after",
    "add_alongside",
    "add_before",
    "answer",
    "answer_urging",
    "can",
    "circulate",
    "claim",
    "confirm",
    "consult",
    "copy",
    "decline",
    "hand_over",
    "inventory",
    "may_answer_urging",
    "offered",
    "perform_batch",
    "propose",
    "read_copy",
    "recall_consult",
    "reject",
    "release",
    "remove_signer",
    "resume",
    "send_back",
    "stay",
    "suspend",
    "take_back",
    "targets",
    "transfer",
    "urge",
    "withdraw_copy",
    "write_on_copy",
]
