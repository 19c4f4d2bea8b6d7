package io.signalbox.kernel.event;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** The codes that stand in the digests of every journal: whoever changes one, or gives it a second time, breaks old marks. */
class FactTypeTest {
    private static final String CODES = """
              1 COMMAND_REJECTED
              2 COMMAND_DEFERRED
              3 PULSED
              4 RULES_UPGRADED
              5 CLIENT_ANSWERED
              6 NAME_INTERNED
             10 COORDINATION_OPENED
             11 COORDINATION_CLOSED
             12 COORDINATION_BEGUN
             13 COORDINATION_KEPT
             14 COORDINATION_HEARD
             20 SIGNAL_RAISED
             230 SUBSCRIPTION_DECLARED
             231 DELIVERY_GIVEN
             232 DELIVERY_ACKNOWLEDGED
             233 DELIVERY_LAPSED
             234 DELIVERY_ABANDONED
             235 SUBSCRIPTION_CLOSED
             21 SIGNALS_CONFIGURED
             22 SIGNAL_KIND_DECLARED
             23 PROGRESS_EXPECTED
             24 AGENT_STALLED
             25 SENDER_DOUBTED
             30 STATE_SET
             31 STATE_DELETED
             32 STATE_UPDATED
             33 STATE_CLEARED
             34 STATE_MERGED
             35 STATE_ROLLED_BACK
             36 STATE_KEY_CHANGED
             37 MERGE_RULE_DECLARED
             38 STATE_HISTORY_FORGOTTEN
             39 STATE_WAIT_DECLARED
            130 STATE_TOLD
             40 RESOURCE_MARKED
             41 GATE_SCORED
             42 DEPENDENCY_DECLARED
             43 DEPENDENCY_RESOLVED
             44 DEPENDENCY_FAILED
             45 DEPENDENCY_EXPIRED
             46 DEPENDENCY_CANCELLED
             80 CONTEXT_NAMES_RESERVED
             81 CONTEXTS_DISTRIBUTED
             82 INTELLIGENCE_UPDATED
             83 CONTEXTS_CLEARED
             84 ATTEMPT_BEGUN
             85 ATTEMPT_ENDED
             86 COMPLETION_JUDGED
             47 DEPENDENCY_LABELLED
             48 DEPENDENCY_RETRIED
             49 DEPENDENCIES_CLEARED
            150 APPROVAL_DECIDED
            151 COMPOSITE_DECLARED
            152 COMPOSITE_ADVANCED
            153 DEADLOCK_DETECTED
            154 DEADLOCK_LINKED
            100 SYNC_NAMES_RESERVED
            101 SYNC_DECLARED
            102 BARRIER_ARRIVED
            103 BARRIER_RELEASED
            104 BARRIER_BROKEN
            105 SYNC_RESET
            106 LATCH_SET
            107 CONDITION_NOTIFIED
            108 SYNC_PARTY_ENDED
            109 SYNC_POINT_READY
            110 SYNC_POINT_BROKEN
            111 SYNC_DROPPED
            112 LEASE_ASKED
            113 LEASE_GRANTED
            114 LEASE_RENEWED
            115 LEASE_ENDED
            116 LEASE_WITHDRAWN
            117 LEASES_RELEASED
             60 AGENT_NAMES_RESERVED
             61 AGENT_REGISTERED
             62 AGENT_UPDATED
             63 AGENT_UNREGISTERED
             64 AGENT_DUTY_SET
             65 AGENT_HEARD
             66 AGENT_SILENCED
             67 AGENT_ASSIGNED
             68 AGENT_RELEASED
             69 AGENT_COMPLETED
            170 DECISION_RECORDED
            171 OPINION_GIVEN
            172 RETRIES_RESET
            173 ROUTING_CLEARED
            250 UPLOAD_BEGUN
            251 CHUNK_APPENDED
            252 WORKFLOW_DEPLOYED
            253 RUN_STARTED
            254 RUN_REOPENED
            255 RUN_CANCELLING
            256 RUN_FINISHED
            257 STEP_READY
            258 TASK_ASSIGNED
            259 STEP_STARTED
            260 STEP_SUCCEEDED
            261 STEP_SKIPPED
            262 STEP_RETRIED
            263 STEP_RELEASED
            264 STEP_FAILED
            265 STEP_CANCELLED
            266 UPLOAD_DROPPED
            267 STEP_WAITING
            268 STEP_BLOCKED
            269 LIMIT_REFILLED
            270 RUN_COMPENSATING
            280 CHILD_STARTED
            281 DEFINITION_RELEASED
            282 STEP_HEARD
            283 STEP_UNPLACED
            284 STEP_PLACEABLE
            """;

    @Test
    void shouldKeepEveryCode() {
        final Map<Integer, String> pinned = CODES.lines()
                .map(String::strip)
                .map(line -> line.split(" "))
                .collect(Collectors.toMap(
                        words -> Integer.parseInt(words[0]),
                        words -> words[1],
                        (a, b) -> a + " and " + b,
                        TreeMap::new));
        final Map<Integer, String> given = Arrays.stream(FactType.values())
                .collect(Collectors.toMap(FactType::code, Enum::name, (a, b) -> a + " and " + b, TreeMap::new));
        assertThat(given).isEqualTo(pinned);
    }

    @Test
    void shouldFindEachByItsCodeAndFitSixteenBits() {
        for (final FactType type : FactType.values()) {
            assertThat(FactType.of(type.code())).isEqualTo(type);
            assertThat(type.code()).isBetween(1, 0xFFFF);
        }
    }

    /** Digests of the rooms stand in a mark in this order. */
    @Test
    void shouldKeepThePlaceOfEveryRoom() {
        assertThat(Room.values())
                .extracting(Enum::name)
                .startsWith(
                        "MACHINE",
                        "COORDINATION",
                        "STATE",
                        "SIGNAL",
                        "DEPENDENCY",
                        "WORKFLOW",
                        "AGENT",
                        "CONTEXT",
                        "SYNC",
                        "ROUTING");
    }
}
