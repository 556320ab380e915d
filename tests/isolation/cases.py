"""The catalogue of attack cases: where each is made, or why it does not apply to what there is."""

from __future__ import annotations

PLACES: dict[str, dict[str, str]] = {
    "schema/test_limits.py": {
        "A1": "test_each_measure_of_a_document_has_its_limit",
        "A2": "test_each_measure_of_a_document_has_its_limit",
        "A4": "test_each_measure_of_a_document_has_its_limit",
        "A5": "test_each_measure_of_a_document_has_its_limit",
        "A6": "test_fragments_that_double_twenty_five_times_are_weighed_once_each",
        "A9": "test_a_document_nested_ten_thousand_deep_is_refused_without_recursion",
        "A17": "test_documents_that_never_come_again_do_not_pile_up",
    },
    "schema/test_bad_requests.py": {
        "A3": "test_bombs_are_refused_before_any_work",
    },
    "schema/http/test_nothing_leaks.py": {
        "A7": "test_a_document_error_names_the_rule_and_the_element",
        "A8": "test_a_document_error_names_the_rule_and_the_element",
        "E1": "test_no_variable_comes_back",
        "E4": "test_a_document_error_names_the_rule_and_the_element",
        "E5": "test_no_literal_comes_back",
    },
    "schema/http/test_hostile_requests.py": {
        "A10": "test_a_malformed_body_is_refused_by_code",
        "A13": "test_a_malformed_body_is_refused_by_code",
        "E2": "test_any_bytes_and_headers_get_a_documented_answer",
        "E3": "test_any_bytes_and_headers_get_a_documented_answer",
    },
    "schema/http/test_introspection.py": {
        "A11": "test_the_portal_never_reads_the_schema",
        "C12": "test_the_console_is_not_served_in_production",
    },
    "schema/test_cost.py": {
        "A12": "test_weights_add_up_and_page_sizes_multiply",
        "A14": "test_an_operation_beyond_the_maximum_names_both_numbers_and_never_reaches_sql",
    },
    "schema/test_time_limits.py": {
        "A15": "test_a_slow_statement_is_stopped_and_told_by_code",
    },
    "schema/subscriptions/test_attacks.py": {
        "A16": "test_connections_of_a_client_are_counted_over_both_protocols",
        "C7": "test_a_page_of_another_site_gets_no_connection",
        "E6": "test_invalid_documents_and_variables_are_errors_of_the_operation_alone",
        "S1": "test_subscribing_before_the_connection_is_opened_closes_with_4401",
        "S2": "test_other_subprotocols_are_not_spoken",
        "S8": "test_a_message_that_is_none_closes_with_4400",
    },
    "schema/http/test_negotiation.py": {
        "C1": "test_get_answers_queries_only_and_only_where_allowed",
        "C3": "test_a_body_of_another_type_is_refused",
        "C4": "test_a_body_of_another_type_is_refused",
        "C5": "test_a_body_of_another_type_is_refused",
        "C6": "test_a_body_of_another_type_is_refused",
    },
    "schema/http/test_browsers.py": {
        "C2": "test_no_cookie_form_or_url_carries_rights",
        "C8": "test_a_foreign_origin_sees_no_cors_header_but_a_token_still_counts",
        "C9": "test_host_and_forwarding_headers_decide_nothing",
        "C10": "test_host_and_forwarding_headers_decide_nothing",
    },
    "hub/bulk/test_rights_lost.py": {
        "D9": "test_lost_while_it_runs",
    },
    "hub/db/test_scoped.py": {
        "D12": "test_nothing_of_a_caller_stays_after_an_answer_an_error_or_a_cancelled_statement",
    },
    "architecture/test_row_security.py": {
        "D13": "test_the_serving_roles_own_nothing_and_bypass_nothing",
    },
    "schema/subscriptions/test_what_is_heard.py": {
        "D16": "test_a_party_hears_of_the_change_with_its_own_selection_and_others_hear_nothing",
        "S4": "test_a_row_that_leaves_my_scope_ends_as_removed_with_its_id_alone",
    },
    "schema/subscriptions/test_endings.py": {
        "S3": "test_a_disabled_client_is_closed_with_4403_and_hears_no_more",
    },
    "schema/subscriptions/test_resuming.py": {
        "S6": "test_the_last_event_of_every_object_is_heard_once_and_in_order",
    },
}
"""Cases made outside this folder without a mark of their own, by file and test."""

COVERED = {case: (path, name) for path, cases in PLACES.items() for case, name in cases.items()}

NOT_APPLICABLE: dict[str, str] = {
    "C11": "smuggling lies between an installation's proxy and granian's parser; lengths that lie are refused",
    "D17": "no caller reaches EXPLAIN or statistics views; the application role has no grant beyond its tables",
}

EVERY = (
    *(f"A{number}" for number in range(1, 18)),
    *(f"C{number}" for number in range(1, 13)),
    *(f"D{number}" for number in range(1, 19)),
    *(f"E{number}" for number in range(1, 7)),
    *(f"S{number}" for number in range(1, 9)),
    *(f"K{number}" for number in (1, 2, 11, 12)),
)
