"""The closed lists of words a space file may use, in the order people meet them."""

FORMAT = "learning-space"
VERSION = 1

CYCLES = (
    "immediate",
    "potential",
    "applied",
    "realized",
    "enabling",
    "strategic",
    "orienting",
    "transformative",
)
PERIOD_CYCLES = ("potential", "applied", "realized", "strategic")
STALL_AFTER_DAYS = (("potential", 90), ("applied", 120), ("realized", 90), ("strategic", 60))
MIN_GROUP_SIZE = 5

STRUCTURE_KINDS = (
    "pair",
    "team",
    "network",
    "community_of_interest",
    "community_of_practice",
    "open_source_community",
    "collaboratory",
    "event",
)
GOVERNANCE = ("centralized", "decentralized")
SPACE_STATES = ("forming", "active", "paused", "closed")
BOUNDARY_POLICIES = ("open", "by_request", "by_invitation")

ACCESS_ROLES = ("convener", "facilitator", "participant", "evaluator", "sponsor")
LEADERSHIP_ROLES = (
    "agenda_activists",
    "community_keepers",
    "critical_friends",
    "social_reporters",
    "external_messengers",
    "value_detectives",
    "organizational_brokers",
    "stakeholder",
    "systems_convener",
)
LEVELS = ("core", "active", "occasional", "peripheral", "transactional")
TRAJECTORIES = ("inbound", "insider", "peripheral", "boundary", "outbound")

UNCERTAINTY_STATES = ("open", "explored", "turned", "set_aside")
WHOSE = ("member", "group", "sponsor", "affected_people")
ASSUMPTION_STATES = ("untested", "holding", "failing", "false")

INDICATOR_KINDS = ("count", "ratio", "scale", "rubric", "text", "yes_no")
DIRECTIONS = ("up", "down", "range", "watch")
TARGET_KINDS = ("hoped", "agreed", "required", "none")

STORY_KINDS = ("ground", "aspirational", "specific")
STRENGTHS = ("asserted", "corroborated", "documented", "substantiated")
STEP_STATUSES = ("actual", "hoped")
PRECISIONS = ("day", "month", "quarter", "year")
POLARITIES = ("positive", "negative", "mixed", "nil")
LOCATIONS = ("in_space", "in_practice", "with_stakeholder", "other_space")
GROUPS = ("group", "other_group")
POTENTIAL_SUBTYPES = ("insight_skill", "relationship", "resource", "reputation", "learning_ability")

AUDIENCES = (
    "teller_collector",
    "space",
    "named_people",
    "organisation",
    "partner_spaces",
    "public",
)
ATTRIBUTIONS = ("named", "role", "pseudonym", "anonymous")
USES = ("learning", "report", "publication", "research", "quote", "audio", "image")

FLOW_KINDS = ("forward", "return", "cross_space", "enabling", "reframing")
FLOW_STATUSES = ("happened", "awaited", "blocked", "dormant", "abandoned")
REASONS = (
    "no_time",
    "no_authority",
    "no_equipment",
    "no_opportunity",
    "no_confidence",
    "poor_fit",
    "risk",
    "blocked_by_rule",
    "forgotten",
    "lost_interest",
    "other",
)
