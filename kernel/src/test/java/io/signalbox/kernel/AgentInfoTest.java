package io.signalbox.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.signalbox.kernel.agent.AgentProfile;
import io.signalbox.kernel.conformance.Conforms;
import io.signalbox.kernel.event.Rejection;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Agents that say themselves what they can do. */
class AgentInfoTest {
    @AgentInfo(id = "test_agent", capabilities = "test", description = "Tests")
    private static final class Plain {}

    @AgentInfo(
            id = "metadata_agent",
            capabilities = {"cap1", "cap2"},
            tags = {"fast", "cheap"},
            type = "analyzer",
            version = "2.0.0",
            description = "Has all of it",
            author = "somebody",
            config = "{}",
            tasksMax = 20,
            priority = 90,
            heartbeatIntervalMs = 60_000,
            missesMax = 3)
    private static final class Full {}

    private static final class Functions {
        @AgentInfo(id = "test_func", capabilities = "test")
        static String work(final String input) {
            return input + "!";
        }
    }

    private Kernel kernel;
    private AgentRegistry agents;

    @BeforeEach
    void launch() {
        kernel = Kernel.launch(KernelConfig.standard());
        agents = kernel.agents();
    }

    @AfterEach
    void close() {
        kernel.close();
    }

    @Test
    @Conforms({"T-RDECO-01", "T-RDECO-18"})
    void shouldRegisterAClassByTheMarkOnIt() {
        agents.register(Plain.class).orThrow();
        final AgentProfile profile = agents.get("test_agent").profile();
        assertThat(profile.capabilities()).containsExactly("test");
        assertThat(profile.description()).isEqualTo("Tests");
        assertThat(profile.origin()).isEqualTo(Plain.class.getName());
        assertThat(agents.register(Plain.class).rejection()).isEqualTo(Rejection.DUPLICATE_AGENT);
    }

    @Test
    @Conforms("T-RDECO-02")
    void shouldRegisterAMethodByTheMarkOnIt() throws NoSuchMethodException {
        agents.register(Functions.class.getDeclaredMethod("work", String.class)).orThrow();
        assertThat(agents.get("test_func").profile().origin()).endsWith("AgentInfoTest$Functions#work");
        assertThat(Functions.work("done")).isEqualTo("done!");
    }

    @Test
    @Conforms({"T-RDECO-06", "T-RDECO-07", "T-RDECO-10"})
    void shouldKeepEverythingThatTheMarkSays() {
        final AgentProfile expected = AgentProfile.of("metadata_agent", "cap1", "cap2")
                .withTags("fast", "cheap")
                .withType("analyzer")
                .withVersion("2.0.0")
                .withDescription("Has all of it")
                .withAuthor("somebody")
                .withOrigin(Full.class.getName())
                .withConfig("{}")
                .withTasksMax(20)
                .withPriority(90)
                .withHeartbeat(60_000, 3);
        assertThat(AgentRegistry.profileOf(Full.class)).isEqualTo(expected);
        agents.register(Full.class).orThrow();
        assertThat(agents.get("metadata_agent").profile()).isEqualTo(expected);
    }

    @Test
    void shouldRefuseWhatBearsNoMark() {
        assertThatThrownBy(() -> agents.register(String.class))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("class java.lang.String bears no @AgentInfo");
    }
}
