"""Tickets of the complaint desk, what is done about them, and incidents of many households.

Revision ID: 0002
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Makes the tables."""
    op.create_table(
        "incident",
        sa.Column("estate_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("number", sa.String(length=200), nullable=False),
        sa.Column("topic", sa.Text(), nullable=False),
        sa.Column("title", sa.String(length=200), nullable=False),
        sa.Column("master_ticket_id", sa.BigInteger(), nullable=False),
        sa.Column("open", sa.Boolean(), nullable=False),
        sa.Column("opened_at", sa.BigInteger(), nullable=False),
        sa.Column("closed_at", sa.BigInteger(), nullable=True),
        sa.Column("households", sa.BigInteger(), nullable=False),
        sa.Column("affected", sa.BigInteger(), nullable=False),
        sa.Column("agreed_answer", sa.Text(), nullable=False),
        sa.Column("answer_at", sa.BigInteger(), nullable=True),
        sa.Column("answer_by", sa.Text(), nullable=False),
        sa.Column("spokesman", sa.Text(), nullable=False),
        sa.Column("spokesman_id", sa.BigInteger(), nullable=False),
        sa.Column("authorities", sa.JSON(), nullable=False),
        sa.Column("cause", sa.Text(), nullable=False),
        sa.Column("next_step", sa.Text(), nullable=False),
        sa.Column("version", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(["estate_id"], ["estate.estate_id"], name=op.f("fk_incident_")),
        sa.PrimaryKeyConstraint("estate_id", "id", name=op.f("pk_incident")),
        sa.UniqueConstraint("estate_id", "number", name=op.f("uq_incident_estate_id_number")),
    )
    op.create_index(
        op.f("ix_incident_estate_id_open_topic"), "incident", ["estate_id", "open", "topic"], unique=False
    )
    op.create_table(
        "incident_house",
        sa.Column("estate_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("incident_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("house_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("came_at", sa.BigInteger(), nullable=True),
        sa.Column("added_at", sa.BigInteger(), nullable=False),
        sa.Column("description", sa.Text(), nullable=False),
        sa.Column("loss", sa.BigInteger(), nullable=False),
        sa.Column("claim", sa.BigInteger(), nullable=False),
        sa.Column("paid", sa.BigInteger(), nullable=False),
        sa.Column("paid_at", sa.BigInteger(), nullable=True),
        sa.Column("signed_by", sa.Text(), nullable=False),
        sa.Column("signed_at", sa.BigInteger(), nullable=True),
        sa.Column("signature", sa.Text(), nullable=False),
        sa.Column("version", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(
            ["estate_id", "house_id"],
            ["house.estate_id", "house.id"],
            name=op.f("fk_incident_house_house_id"),
        ),
        sa.ForeignKeyConstraint(
            ["estate_id", "incident_id"],
            ["incident.estate_id", "incident.id"],
            name=op.f("fk_incident_house_incident_id"),
        ),
        sa.PrimaryKeyConstraint("estate_id", "incident_id", "house_id", name=op.f("pk_incident_house")),
    )
    op.create_index(
        op.f("ix_incident_house_estate_id_house_id"),
        "incident_house",
        ["estate_id", "house_id"],
        unique=False,
    )
    op.create_table(
        "incident_message",
        sa.Column("estate_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("incident_id", sa.BigInteger(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("made_at", sa.BigInteger(), nullable=False),
        sa.Column("staff", sa.Text(), nullable=False),
        sa.Column("replaces", sa.BigInteger(), nullable=True),
        sa.ForeignKeyConstraint(
            ["estate_id", "incident_id"],
            ["incident.estate_id", "incident.id"],
            name=op.f("fk_incident_message_incident_id"),
        ),
        sa.PrimaryKeyConstraint("estate_id", "id", name=op.f("pk_incident_message")),
    )
    op.create_index(
        op.f("ix_incident_message_estate_id_incident_id"),
        "incident_message",
        ["estate_id", "incident_id"],
        unique=False,
    )
    op.create_table(
        "ticket",
        sa.Column("estate_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("number", sa.String(length=200), nullable=False),
        sa.Column("kind", sa.String(length=40), nullable=False),
        sa.Column("channel", sa.String(length=40), nullable=False),
        sa.Column("house_id", sa.BigInteger(), nullable=True),
        sa.Column("person_id", sa.BigInteger(), nullable=True),
        sa.Column("caller", sa.String(length=200), nullable=False),
        sa.Column("phone", sa.String(length=200), nullable=False),
        sa.Column("matter", sa.String(length=200), nullable=False),
        sa.Column("story", sa.Text(), nullable=False),
        sa.Column("against", sa.Text(), nullable=False),
        sa.Column("place", sa.Text(), nullable=False),
        sa.Column("place_text", sa.Text(), nullable=False),
        sa.Column("topic", sa.Text(), nullable=False),
        sa.Column("cause", sa.Text(), nullable=False),
        sa.Column("target", sa.Text(), nullable=False),
        sa.Column("nature", sa.Text(), nullable=False),
        sa.Column("grounds", sa.Text(), nullable=False),
        sa.Column("wish", sa.Text(), nullable=False),
        sa.Column("details", sa.JSON(), nullable=False),
        sa.Column("facts", sa.JSON(), nullable=False),
        sa.Column("event_at", sa.BigInteger(), nullable=True),
        sa.Column("received_at", sa.BigInteger(), nullable=False),
        sa.Column("receiver_id", sa.BigInteger(), nullable=False),
        sa.Column("receiver", sa.String(length=200), nullable=False),
        sa.Column("desk", sa.Text(), nullable=False),
        sa.Column("owner_id", sa.BigInteger(), nullable=False),
        sa.Column("state", sa.String(length=40), nullable=False),
        sa.Column("open", sa.Boolean(), nullable=False),
        sa.Column("serious", sa.Boolean(), nullable=False),
        sa.Column("serious_at", sa.BigInteger(), nullable=True),
        sa.Column("serious_why", sa.JSON(), nullable=False),
        sa.Column("serious_reason", sa.Text(), nullable=False),
        sa.Column("serious_by", sa.BigInteger(), nullable=False),
        sa.Column("mood_before", sa.Text(), nullable=False),
        sa.Column("mood_after", sa.Text(), nullable=False),
        sa.Column("incident_id", sa.BigInteger(), nullable=True),
        sa.Column("follows_id", sa.BigInteger(), nullable=True),
        sa.Column("result", sa.Text(), nullable=False),
        sa.Column("position", sa.Text(), nullable=False),
        sa.Column("reply", sa.Text(), nullable=False),
        sa.Column("reply_approved_by", sa.BigInteger(), nullable=False),
        sa.Column("named_person", sa.Text(), nullable=False),
        sa.Column("report_number", sa.Text(), nullable=False),
        sa.Column("first_reply_at", sa.BigInteger(), nullable=True),
        sa.Column("replied_at", sa.BigInteger(), nullable=True),
        sa.Column("settled_at", sa.BigInteger(), nullable=True),
        sa.Column("closed_at", sa.BigInteger(), nullable=True),
        sa.Column("reopened", sa.BigInteger(), nullable=False),
        sa.Column("reopened_at", sa.BigInteger(), nullable=True),
        sa.Column("next_contact", sa.BigInteger(), nullable=True),
        sa.Column("judgement", sa.JSON(), nullable=False),
        sa.Column("version", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(
            ["estate_id", "house_id"], ["house.estate_id", "house.id"], name=op.f("fk_ticket_house_id")
        ),
        sa.PrimaryKeyConstraint("estate_id", "id", name=op.f("pk_ticket")),
        sa.UniqueConstraint("estate_id", "number", name=op.f("uq_ticket_estate_id_number")),
    )
    op.create_index(op.f("ix_ticket_estate_id_closed_at"), "ticket", ["estate_id", "closed_at"], unique=False)
    op.create_index(
        op.f("ix_ticket_estate_id_house_id_received_at"),
        "ticket",
        ["estate_id", "house_id", "received_at"],
        unique=False,
    )
    op.create_index(
        op.f("ix_ticket_estate_id_incident_id"), "ticket", ["estate_id", "incident_id"], unique=False
    )
    op.create_index(
        op.f("ix_ticket_estate_id_next_contact"), "ticket", ["estate_id", "next_contact"], unique=False
    )
    op.create_index(
        op.f("ix_ticket_estate_id_open_received_at"),
        "ticket",
        ["estate_id", "open", "received_at"],
        unique=False,
    )
    op.create_index(
        op.f("ix_ticket_estate_id_received_at"), "ticket", ["estate_id", "received_at"], unique=False
    )
    op.create_table(
        "message_recipient",
        sa.Column("estate_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("message_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("house_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("told_at", sa.BigInteger(), nullable=True),
        sa.Column("how", sa.Text(), nullable=False),
        sa.Column("staff", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["estate_id", "house_id"],
            ["house.estate_id", "house.id"],
            name=op.f("fk_message_recipient_house_id"),
        ),
        sa.ForeignKeyConstraint(
            ["estate_id", "message_id"],
            ["incident_message.estate_id", "incident_message.id"],
            name=op.f("fk_message_recipient_message_id"),
        ),
        sa.PrimaryKeyConstraint("estate_id", "message_id", "house_id", name=op.f("pk_message_recipient")),
    )
    op.create_table(
        "ticket_alarm",
        sa.Column("estate_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("ticket_id", sa.BigInteger(), nullable=False),
        sa.Column("post", sa.String(length=40), nullable=False),
        sa.Column("reason", sa.String(length=40), nullable=False),
        sa.Column("subject_id", sa.BigInteger(), nullable=False),
        sa.Column("due_at", sa.BigInteger(), nullable=False),
        sa.Column("at_once", sa.Boolean(), nullable=False),
        sa.Column("raised_at", sa.BigInteger(), nullable=False),
        sa.Column("data", sa.JSON(), nullable=False),
        sa.Column("told_at", sa.BigInteger(), nullable=True),
        sa.Column("told_by", sa.BigInteger(), nullable=False),
        sa.Column("told_whom", sa.Text(), nullable=False),
        sa.Column("told_how", sa.Text(), nullable=False),
        sa.Column("seen_at", sa.BigInteger(), nullable=True),
        sa.Column("seen_by", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(
            ["estate_id", "ticket_id"],
            ["ticket.estate_id", "ticket.id"],
            name=op.f("fk_ticket_alarm_ticket_id"),
        ),
        sa.PrimaryKeyConstraint("estate_id", "id", name=op.f("pk_ticket_alarm")),
        sa.UniqueConstraint(
            "estate_id",
            "ticket_id",
            "post",
            "reason",
            "subject_id",
            "due_at",
            name=op.f("uq_ticket_alarm_estate_id_ticket_id_post_reason_subject_id_due_at"),
        ),
    )
    op.create_index(
        op.f("ix_ticket_alarm_estate_id_seen_at_raised_at"),
        "ticket_alarm",
        ["estate_id", "seen_at", "raised_at"],
        unique=False,
    )
    op.create_table(
        "ticket_call_back",
        sa.Column("estate_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("ticket_id", sa.BigInteger(), nullable=False),
        sa.Column("due_at", sa.BigInteger(), nullable=False),
        sa.Column("state", sa.String(length=40), nullable=False),
        sa.Column("at", sa.BigInteger(), nullable=True),
        sa.Column("asked", sa.Text(), nullable=False),
        sa.Column("grade", sa.Text(), nullable=False),
        sa.Column("opinion", sa.Text(), nullable=False),
        sa.Column("wants_more", sa.Text(), nullable=False),
        sa.Column("fault", sa.Text(), nullable=False),
        sa.Column("fault_due", sa.BigInteger(), nullable=True),
        sa.Column("fault_sent_at", sa.BigInteger(), nullable=True),
        sa.Column("staff_id", sa.BigInteger(), nullable=False),
        sa.Column("staff", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["estate_id", "ticket_id"],
            ["ticket.estate_id", "ticket.id"],
            name=op.f("fk_ticket_call_back_ticket_id"),
        ),
        sa.PrimaryKeyConstraint("estate_id", "id", name=op.f("pk_ticket_call_back")),
    )
    op.create_index(
        op.f("ix_ticket_call_back_estate_id_state_due_at"),
        "ticket_call_back",
        ["estate_id", "state", "due_at"],
        unique=False,
    )
    op.create_index(
        op.f("ix_ticket_call_back_estate_id_ticket_id"),
        "ticket_call_back",
        ["estate_id", "ticket_id"],
        unique=False,
    )
    op.create_table(
        "ticket_clock",
        sa.Column("estate_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("ticket_id", sa.BigInteger(), nullable=False),
        sa.Column("rule", sa.String(length=40), nullable=False),
        sa.Column("began_at", sa.BigInteger(), nullable=False),
        sa.Column("due_at", sa.BigInteger(), nullable=False),
        sa.Column("provisional", sa.Boolean(), nullable=False),
        sa.Column("running", sa.Boolean(), nullable=False),
        sa.Column("waiting", sa.Boolean(), nullable=False),
        sa.Column("met_at", sa.BigInteger(), nullable=True),
        sa.Column("dropped_at", sa.BigInteger(), nullable=True),
        sa.ForeignKeyConstraint(
            ["estate_id", "ticket_id"],
            ["ticket.estate_id", "ticket.id"],
            name=op.f("fk_ticket_clock_ticket_id"),
        ),
        sa.PrimaryKeyConstraint("estate_id", "id", name=op.f("pk_ticket_clock")),
    )
    op.create_index(
        op.f("ix_ticket_clock_estate_id_running_due_at"),
        "ticket_clock",
        ["estate_id", "running", "due_at"],
        unique=False,
    )
    op.create_index(
        op.f("ix_ticket_clock_estate_id_ticket_id"), "ticket_clock", ["estate_id", "ticket_id"], unique=False
    )
    op.create_table(
        "ticket_contact",
        sa.Column("estate_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("ticket_id", sa.BigInteger(), nullable=False),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.Column("kind", sa.String(length=40), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("next_at", sa.BigInteger(), nullable=True),
        sa.Column("staff_id", sa.BigInteger(), nullable=False),
        sa.Column("staff", sa.String(length=200), nullable=False),
        sa.ForeignKeyConstraint(
            ["estate_id", "ticket_id"],
            ["ticket.estate_id", "ticket.id"],
            name=op.f("fk_ticket_contact_ticket_id"),
        ),
        sa.PrimaryKeyConstraint("estate_id", "id", name=op.f("pk_ticket_contact")),
    )
    op.create_index(
        op.f("ix_ticket_contact_estate_id_ticket_id"),
        "ticket_contact",
        ["estate_id", "ticket_id"],
        unique=False,
    )
    op.create_table(
        "ticket_dispatch",
        sa.Column("estate_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("ticket_id", sa.BigInteger(), nullable=False),
        sa.Column("department", sa.String(length=40), nullable=False),
        sa.Column("person", sa.Text(), nullable=False),
        sa.Column("order_text", sa.Text(), nullable=False),
        sa.Column("state", sa.String(length=40), nullable=False),
        sa.Column("open", sa.Boolean(), nullable=False),
        sa.Column("sent_at", sa.BigInteger(), nullable=False),
        sa.Column("sent_by", sa.String(length=200), nullable=False),
        sa.Column("due_at", sa.BigInteger(), nullable=False),
        sa.Column("taken_at", sa.BigInteger(), nullable=True),
        sa.Column("until", sa.BigInteger(), nullable=True),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("answered_at", sa.BigInteger(), nullable=True),
        sa.Column("report", sa.Text(), nullable=False),
        sa.Column("reported_at", sa.BigInteger(), nullable=True),
        sa.Column("reported_by", sa.Text(), nullable=False),
        sa.Column("signed_at", sa.BigInteger(), nullable=True),
        sa.Column("signed_by", sa.Text(), nullable=False),
        sa.Column("resident_told_at", sa.BigInteger(), nullable=True),
        sa.Column("version", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(
            ["estate_id", "ticket_id"],
            ["ticket.estate_id", "ticket.id"],
            name=op.f("fk_ticket_dispatch_ticket_id"),
        ),
        sa.PrimaryKeyConstraint("estate_id", "id", name=op.f("pk_ticket_dispatch")),
    )
    op.create_index(
        op.f("ix_ticket_dispatch_estate_id_open_due_at"),
        "ticket_dispatch",
        ["estate_id", "open", "due_at"],
        unique=False,
    )
    op.create_index(
        op.f("ix_ticket_dispatch_estate_id_ticket_id"),
        "ticket_dispatch",
        ["estate_id", "ticket_id"],
        unique=False,
    )
    op.create_table(
        "ticket_dispute",
        sa.Column("estate_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("ticket_id", sa.BigInteger(), nullable=False),
        sa.Column("parties", sa.JSON(), nullable=False),
        sa.Column("cause", sa.Text(), nullable=False),
        sa.Column("result", sa.Text(), nullable=False),
        sa.Column("signatures", sa.JSON(), nullable=False),
        sa.Column("opened_at", sa.BigInteger(), nullable=False),
        sa.Column("settled_at", sa.BigInteger(), nullable=True),
        sa.Column("version", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(
            ["estate_id", "ticket_id"],
            ["ticket.estate_id", "ticket.id"],
            name=op.f("fk_ticket_dispute_ticket_id"),
        ),
        sa.PrimaryKeyConstraint("estate_id", "id", name=op.f("pk_ticket_dispute")),
    )
    op.create_index(
        op.f("ix_ticket_dispute_estate_id_ticket_id"),
        "ticket_dispute",
        ["estate_id", "ticket_id"],
        unique=True,
    )
    op.create_table(
        "ticket_key",
        sa.Column("estate_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("key", sa.String(length=48), nullable=False),
        sa.Column("ticket_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.ForeignKeyConstraint(
            ["estate_id", "ticket_id"],
            ["ticket.estate_id", "ticket.id"],
            name=op.f("fk_ticket_key_ticket_id"),
        ),
        sa.PrimaryKeyConstraint("estate_id", "key", "ticket_id", name=op.f("pk_ticket_key")),
        sqlite_with_rowid=False,
    )
    op.create_index(
        op.f("ix_ticket_key_estate_id_ticket_id"), "ticket_key", ["estate_id", "ticket_id"], unique=False
    )
    op.create_table(
        "ticket_promise",
        sa.Column("estate_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("ticket_id", sa.BigInteger(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("who", sa.String(length=200), nullable=False),
        sa.Column("owner_id", sa.BigInteger(), nullable=False),
        sa.Column("made_at", sa.BigInteger(), nullable=False),
        sa.Column("made_by", sa.String(length=200), nullable=False),
        sa.Column("due_at", sa.BigInteger(), nullable=False),
        sa.Column("state", sa.String(length=40), nullable=False),
        sa.Column("ended_at", sa.BigInteger(), nullable=True),
        sa.Column("otherwise", sa.Text(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["estate_id", "ticket_id"],
            ["ticket.estate_id", "ticket.id"],
            name=op.f("fk_ticket_promise_ticket_id"),
        ),
        sa.PrimaryKeyConstraint("estate_id", "id", name=op.f("pk_ticket_promise")),
    )
    op.create_index(
        op.f("ix_ticket_promise_estate_id_state_due_at"),
        "ticket_promise",
        ["estate_id", "state", "due_at"],
        unique=False,
    )
    op.create_index(
        op.f("ix_ticket_promise_estate_id_ticket_id"),
        "ticket_promise",
        ["estate_id", "ticket_id"],
        unique=False,
    )
    op.create_table(
        "ticket_reader",
        sa.Column("estate_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("ticket_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("desk", sa.String(length=200), nullable=False),
        sa.Column("staff_id", sa.BigInteger(), nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("since", sa.BigInteger(), nullable=False),
        sa.Column("seen_at", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(
            ["estate_id", "ticket_id"],
            ["ticket.estate_id", "ticket.id"],
            name=op.f("fk_ticket_reader_ticket_id"),
        ),
        sa.PrimaryKeyConstraint("estate_id", "ticket_id", "desk", name=op.f("pk_ticket_reader")),
    )
    op.create_table(
        "ticket_risk",
        sa.Column("estate_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("ticket_id", sa.BigInteger(), nullable=False),
        sa.Column("help", sa.String(length=40), nullable=False),
        sa.Column("house_id", sa.BigInteger(), nullable=True),
        sa.Column("facts", sa.JSON(), nullable=False),
        sa.Column("opened_at", sa.BigInteger(), nullable=False),
        sa.Column("decider_id", sa.BigInteger(), nullable=False),
        sa.Column("decider", sa.Text(), nullable=False),
        sa.Column("decider_role", sa.Text(), nullable=False),
        sa.Column("decided_at", sa.BigInteger(), nullable=True),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("done_at", sa.BigInteger(), nullable=True),
        sa.Column("done_by", sa.Text(), nullable=False),
        sa.Column("version", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(
            ["estate_id", "ticket_id"],
            ["ticket.estate_id", "ticket.id"],
            name=op.f("fk_ticket_risk_ticket_id"),
        ),
        sa.PrimaryKeyConstraint("estate_id", "id", name=op.f("pk_ticket_risk")),
    )
    op.create_index(
        op.f("ix_ticket_risk_estate_id_house_id"), "ticket_risk", ["estate_id", "house_id"], unique=False
    )
    op.create_index(
        op.f("ix_ticket_risk_estate_id_ticket_id"), "ticket_risk", ["estate_id", "ticket_id"], unique=True
    )
    op.create_table(
        "ticket_script",
        sa.Column("estate_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("ticket_id", sa.BigInteger(), nullable=False),
        sa.Column("kept_at", sa.BigInteger(), nullable=False),
        sa.Column("staff_id", sa.BigInteger(), nullable=False),
        sa.Column("script", sa.String(length=40), nullable=False),
        sa.Column("talk", sa.JSON(), nullable=False),
        sa.ForeignKeyConstraint(
            ["estate_id", "ticket_id"],
            ["ticket.estate_id", "ticket.id"],
            name=op.f("fk_ticket_script_ticket_id"),
        ),
        sa.PrimaryKeyConstraint("estate_id", "id", name=op.f("pk_ticket_script")),
    )
    op.create_index(
        op.f("ix_ticket_script_estate_id_ticket_id"),
        "ticket_script",
        ["estate_id", "ticket_id"],
        unique=False,
    )
    op.create_table(
        "ticket_wait",
        sa.Column("estate_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("ticket_id", sa.BigInteger(), nullable=False),
        sa.Column("cause", sa.String(length=40), nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("began_at", sa.BigInteger(), nullable=False),
        sa.Column("ended_at", sa.BigInteger(), nullable=True),
        sa.Column("staff_id", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(
            ["estate_id", "ticket_id"],
            ["ticket.estate_id", "ticket.id"],
            name=op.f("fk_ticket_wait_ticket_id"),
        ),
        sa.PrimaryKeyConstraint("estate_id", "id", name=op.f("pk_ticket_wait")),
    )
    op.create_index(
        op.f("ix_ticket_wait_estate_id_ticket_id"), "ticket_wait", ["estate_id", "ticket_id"], unique=False
    )
    op.create_table(
        "dispute_talk",
        sa.Column("estate_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("dispute_id", sa.BigInteger(), nullable=False),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.Column("whom", sa.Text(), nullable=False),
        sa.Column("present", sa.Text(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("staff", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["estate_id", "dispute_id"],
            ["ticket_dispute.estate_id", "ticket_dispute.id"],
            name=op.f("fk_dispute_talk_dispute_id"),
        ),
        sa.PrimaryKeyConstraint("estate_id", "id", name=op.f("pk_dispute_talk")),
    )
    op.create_index(
        op.f("ix_dispute_talk_estate_id_dispute_id"),
        "dispute_talk",
        ["estate_id", "dispute_id"],
        unique=False,
    )
    op.create_index(op.f("ix_document_estate_id_subject"), "document", ["estate_id", "subject"], unique=False)


def downgrade() -> None:
    """Takes them away, with their rows."""
    op.drop_index(op.f("ix_document_estate_id_subject"), table_name="document")
    op.drop_index(op.f("ix_dispute_talk_estate_id_dispute_id"), table_name="dispute_talk")
    op.drop_table("dispute_talk")
    op.drop_index(op.f("ix_ticket_wait_estate_id_ticket_id"), table_name="ticket_wait")
    op.drop_table("ticket_wait")
    op.drop_index(op.f("ix_ticket_script_estate_id_ticket_id"), table_name="ticket_script")
    op.drop_table("ticket_script")
    op.drop_index(op.f("ix_ticket_risk_estate_id_ticket_id"), table_name="ticket_risk")
    op.drop_index(op.f("ix_ticket_risk_estate_id_house_id"), table_name="ticket_risk")
    op.drop_table("ticket_risk")
    op.drop_table("ticket_reader")
    op.drop_index(op.f("ix_ticket_promise_estate_id_ticket_id"), table_name="ticket_promise")
    op.drop_index(op.f("ix_ticket_promise_estate_id_state_due_at"), table_name="ticket_promise")
    op.drop_table("ticket_promise")
    op.drop_index(op.f("ix_ticket_key_estate_id_ticket_id"), table_name="ticket_key")
    op.drop_table("ticket_key")
    op.drop_index(op.f("ix_ticket_dispute_estate_id_ticket_id"), table_name="ticket_dispute")
    op.drop_table("ticket_dispute")
    op.drop_index(op.f("ix_ticket_dispatch_estate_id_ticket_id"), table_name="ticket_dispatch")
    op.drop_index(op.f("ix_ticket_dispatch_estate_id_open_due_at"), table_name="ticket_dispatch")
    op.drop_table("ticket_dispatch")
    op.drop_index(op.f("ix_ticket_contact_estate_id_ticket_id"), table_name="ticket_contact")
    op.drop_table("ticket_contact")
    op.drop_index(op.f("ix_ticket_clock_estate_id_ticket_id"), table_name="ticket_clock")
    op.drop_index(op.f("ix_ticket_clock_estate_id_running_due_at"), table_name="ticket_clock")
    op.drop_table("ticket_clock")
    op.drop_index(op.f("ix_ticket_call_back_estate_id_ticket_id"), table_name="ticket_call_back")
    op.drop_index(op.f("ix_ticket_call_back_estate_id_state_due_at"), table_name="ticket_call_back")
    op.drop_table("ticket_call_back")
    op.drop_index(op.f("ix_ticket_alarm_estate_id_seen_at_raised_at"), table_name="ticket_alarm")
    op.drop_table("ticket_alarm")
    op.drop_table("message_recipient")
    op.drop_index(op.f("ix_ticket_estate_id_received_at"), table_name="ticket")
    op.drop_index(op.f("ix_ticket_estate_id_open_received_at"), table_name="ticket")
    op.drop_index(op.f("ix_ticket_estate_id_next_contact"), table_name="ticket")
    op.drop_index(op.f("ix_ticket_estate_id_incident_id"), table_name="ticket")
    op.drop_index(op.f("ix_ticket_estate_id_house_id_received_at"), table_name="ticket")
    op.drop_index(op.f("ix_ticket_estate_id_closed_at"), table_name="ticket")
    op.drop_table("ticket")
    op.drop_index(op.f("ix_incident_message_estate_id_incident_id"), table_name="incident_message")
    op.drop_table("incident_message")
    op.drop_index(op.f("ix_incident_house_estate_id_house_id"), table_name="incident_house")
    op.drop_table("incident_house")
    op.drop_index(op.f("ix_incident_estate_id_open_topic"), table_name="incident")
    op.drop_table("incident")
