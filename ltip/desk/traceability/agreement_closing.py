"""The Grant Agreement: rights, personal data, what binds whom, and the law."""

from django.utils.translation import gettext_noop as _

from ltip.desk.traceability.entry import Entry, Place, Treatment

CHECKED = Treatment.CHECKED
COMPUTED = Treatment.COMPUTED
NOT_ENCODED = Treatment.NOT_ENCODED
PRINTED = Treatment.PRINTED
RECORDED = Treatment.RECORDED

PLACES: tuple[Place, ...] = (
    Place(
        "GA §12",
        "No Additional Rights",
        (
            Entry(
                part=_("(a) the company's freedom"),
                asks=_(
                    "The grant restricts no corporate action, and promises no service and no term"
                    " of it."
                ),
                treated=(PRINTED,),
                numbers=("11.6",),
                functions=("participants.papers.wording.notice_sections",),
                tests=("tests/papers/test_wording.py",),
                pages=("participants:notice",),
            ),
            Entry(
                part=_("(b) one grant only"),
                asks=_("The grant is made once and promises no other."),
                treated=(PRINTED,),
                numbers=("11.6",),
                functions=("participants.papers.wording.notice_sections",),
                tests=("tests/papers/test_wording.py",),
                pages=("participants:notice",),
            ),
            Entry(
                part=_("(c) no damages"),
                asks=_(
                    "Who leaves has no claim for rights lost by leaving, except as the Program "
                    "gives one."
                ),
                treated=(PRINTED,),
                numbers=("11.6",),
                functions=("participants.papers.wording.notice_sections",),
                tests=("tests/papers/test_wording.py",),
                pages=("participants:notice",),
            ),
        ),
    ),
    Place(
        "GA §13",
        "Rights as a Stockholder",
        (
            Entry(
                asks=_(
                    "Performance Shares carry no dividends and no votes until shares are issued; "
                    "nothing is made up for a dividend before that day, except by an adjustment "
                    "under §11."
                ),
                treated=(COMPUTED, PRINTED),
                numbers=("6.5",),
                functions=(
                    "participants.papers.wording.notice_sections",
                    "ltip.rules.earning.shares_earned",
                ),
                tests=(
                    "tests/papers/test_wording.py::test_the_notice_says_each_operative_term",
                    "tests/participants/papers/test_my_awards.py",
                ),
                pages=("participants:my_award", "participants:notice"),
            ),
        ),
    ),
    Place(
        "GA §14",
        "Data Privacy Waiver",
        (
            Entry(
                part=_("(a) collection and use"),
                asks=_(
                    "The holder consents to the collection, use and transfer of personal data by "
                    "the company and its subsidiaries."
                ),
                treated=(RECORDED, PRINTED),
                numbers=("11.2",),
                functions=("participants.papers.wording.acknowledgements_for",),
                tests=(
                    "tests/papers/test_wording.py::test_each_thing_that_a_signature_accepts_is_asked_once",
                    "tests/participants/people/test_people_services.py",
                    "tests/records/test_encryption.py",
                    "tests/participants/people/test_facts.py::test_every_look_is_the_auditors_to_read_and_nobody_elses",
                ),
                pages=("participants:notice", "participants:employee", "participants:looks"),
            ),
            Entry(
                part=_("(b) within the group"),
                asks=_(
                    "The companies of the group may pass the data on among themselves to "
                    "administer the Plan."
                ),
                treated=(RECORDED, PRINTED),
                numbers=("11.2",),
                functions=("participants.papers.wording.acknowledgements_for",),
                tests=(
                    "tests/papers/test_wording.py::test_each_thing_that_a_signature_accepts_is_asked_once",
                ),
                pages=("participants:notice",),
            ),
            Entry(
                part=_("(c) for these purposes"),
                asks=_("Each of them may use the data for these purposes."),
                treated=(RECORDED, PRINTED),
                numbers=("11.2",),
                functions=("participants.papers.wording.acknowledgements_for",),
                tests=(
                    "tests/papers/test_wording.py::test_each_thing_that_a_signature_accepts_is_asked_once",
                    "tests/participants/people/test_pages.py::test_nobody_else_sees_personal_data",
                ),
                pages=("participants:notice", "participants:employee"),
            ),
            Entry(
                part=_("(d) to third parties"),
                asks=_("Third parties may receive and keep the data for these purposes."),
                treated=(RECORDED, PRINTED),
                numbers=("11.2",),
                functions=("participants.papers.wording.acknowledgements_for",),
                tests=(
                    "tests/papers/test_wording.py::test_each_thing_that_a_signature_accepts_is_asked_once",
                    "tests/participants/settlement/test_approving.py::test_the_transfer_agent_gets_each_delivery_and_nobody_without_one",
                ),
                pages=("participants:notice", "participants:transfer_agent_file"),
            ),
        ),
    ),
    Place(
        "GA §15",
        "Compliance with Plan and Program",
        (
            Entry(
                part=_("what binds"),
                asks=_(
                    "The Plan and the Program, as amended, belong to the agreement and stand "
                    "above it, the Plan above both."
                ),
                treated=(PRINTED,),
                functions=("participants.papers.wording.notice_sections",),
                tests=("tests/papers/test_wording.py",),
                pages=("participants:notice",),
            ),
            Entry(
                part=_("amendments that hurt the grant"),
                asks=_(
                    "No amendment of the Plan or the Program hurts the grant without the holder's"
                    " consent."
                ),
                treated=(CHECKED, RECORDED),
                numbers=("9.3",),
                functions=(
                    "ltip.rules.amendments.require_amendment",
                    "participants.papers.models.AmendmentConsent",
                ),
                tests=(
                    "tests/rules/test_amendments.py",
                    "tests/participants/papers/test_amendments.py",
                ),
                stories=(
                    "tests/scenarios/amended-with-the-holders-consent.toml",
                    "tests/scenarios/amended-as-the-program-alone-asks.toml",
                    "tests/scenarios/goals-amended-before-the-approval-counts.toml",
                ),
                pages=("participants:amendment", "participants:consent"),
            ),
        ),
    ),
    Place(
        "GA §16",
        "Effect of Grant Agreement on Individual Agreements",
        (
            Entry(
                asks=_(
                    "The agreement stands above any individual agreement with the holder, on "
                    "vesting and settlement above all."
                ),
                treated=(PRINTED, NOT_ENCODED),
                functions=("participants.papers.wording.notice_sections",),
                tests=("tests/papers/test_wording.py",),
                pages=("participants:notice",),
                reason=_(
                    "Individual agreements are not on record here, so none can change what an "
                    "award earns."
                ),
            ),
        ),
    ),
    Place(
        "GA §17",
        "Binding Agreement",
        (
            Entry(
                asks=_(
                    "The agreement binds heirs, representatives, successors and assigns of both "
                    "sides."
                ),
                treated=(PRINTED,),
                numbers=("11.7",),
                functions=("participants.papers.wording.notice_sections",),
                tests=("tests/papers/test_wording.py",),
                pages=("participants:notice",),
            ),
        ),
    ),
    Place(
        "GA §18",
        "Notices",
        (
            Entry(
                asks=_(
                    "Notices go by email, given when sent, or by certified mail, given when "
                    "posted, to the address on record, which either side may change."
                ),
                treated=(RECORDED, PRINTED),
                numbers=("11.4",),
                functions=(
                    "participants.papers.wording.notice_sections",
                    "ltip.notices.services.record_certified_mail",
                    "participants.people.addresses.change_own_address",
                ),
                tests=(
                    "tests/papers/test_wording.py",
                    "tests/notices/test_sending.py",
                    "tests/participants/people/test_addresses.py",
                ),
                pages=("participants:notice", "participants:my_address", "notices:log"),
            ),
        ),
    ),
    Place(
        "GA §19",
        "Titles",
        (
            Entry(
                asks=_("Titles are for convenience and decide nothing."),
                treated=(PRINTED,),
                numbers=("11.7",),
                functions=("participants.papers.wording.notice_sections",),
                tests=("tests/papers/test_wording.py",),
                pages=("participants:notice",),
            ),
        ),
    ),
    Place(
        "GA §20",
        "Governing Law",
        (
            Entry(
                asks=_(
                    "The agreement is governed by the law of Delaware, and rights are exercised "
                    "only as far as that is lawful."
                ),
                treated=(PRINTED,),
                numbers=("11.5",),
                functions=("participants.papers.wording.notice_sections",),
                tests=("tests/papers/test_wording.py::test_the_notice_says_each_operative_term",),
                pages=("participants:notice",),
            ),
        ),
    ),
)
