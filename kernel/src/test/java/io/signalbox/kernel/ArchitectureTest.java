package io.signalbox.kernel;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaCodeUnit;
import com.tngtech.archunit.core.domain.JavaMethodCall;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import io.signalbox.kernel.machine.CoordinationMachine;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The walls of the house: who may know whom, who may turn the machine, what a room may touch. */
class ArchitectureTest {
    private static final String ROOT = "io.signalbox.kernel";

    private static final JavaClasses KERNEL = new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .importPackages(ROOT);

    /** Each package and those of ours that it may know; from the innermost outwards. */
    private static final Map<String, Set<String>> MAY_KNOW = Map.ofEntries(
            Map.entry("names", Set.of()),
            Map.entry("deadline", Set.of()),
            Map.entry("store", Set.of()),
            Map.entry("port", Set.of()),
            Map.entry("command.codec", Set.of()),
            Map.entry("command", Set.of("command.codec", "event", "store")),
            Map.entry("event", Set.of()),
            Map.entry("coordination", Set.of("event", "names", "store", "deadline")),
            Map.entry("agent", Set.of("event", "names", "store", "deadline", "coordination")),
            Map.entry("state", Set.of("event", "names", "store", "deadline", "coordination")),
            Map.entry("signal", Set.of("event", "names", "store", "deadline", "coordination", "state")),
            Map.entry("subscription", Set.of("event", "names", "store", "deadline")),
            Map.entry("dependency", Set.of("event", "names", "store", "deadline", "coordination", "state", "signal")),
            Map.entry("context", Set.of("event", "names", "store", "deadline", "coordination", "routing.router")),
            Map.entry("routing", Set.of("event", "names", "store", "coordination")),
            Map.entry("routing.router", Set.of("routing")),
            Map.entry("sync", Set.of("event", "names", "store", "deadline", "coordination", "signal", "dependency")),
            Map.entry(
                    "workflow",
                    Set.of("event", "names", "store", "deadline", "coordination", "state", "signal", "dependency")),
            Map.entry("pattern", Set.of("context", "workflow")),
            Map.entry(
                    "machine",
                    Set.of(
                            "command",
                            "command.codec",
                            "event",
                            "names",
                            "store",
                            "deadline",
                            "coordination",
                            "agent",
                            "state",
                            "signal",
                            "subscription",
                            "dependency",
                            "context",
                            "sync",
                            "routing",
                            "workflow")),
            Map.entry("board", Set.of("", "context", "event", "metrics", "pattern", "state", "sync", "workflow")),
            Map.entry(
                    "facade",
                    Set.of(
                            "",
                            "event",
                            "coordination",
                            "signal",
                            "context",
                            "dependency",
                            "state",
                            "routing",
                            "routing.router",
                            "metrics",
                            "wait",
                            "recovery")),
            Map.entry("recovery", Set.of("", "context", "metrics", "reader", "signal", "wait", "workflow")),
            Map.entry("composition", Set.of("workflow", "context")),
            Map.entry("metrics", Set.of("command", "event")),
            Map.entry("wait", Set.of()),
            Map.entry("plan", Set.of("workflow", "picture", "context")),
            Map.entry("picture", Set.of()),
            Map.entry("facade.workflow", Set.of("", "plan", "workflow", "context", "metrics", "signal", "composition")),
            Map.entry("reader", Set.of("machine", "port", "ring", "store")),
            Map.entry(
                    "ring",
                    Set.of(
                            "machine",
                            "metrics",
                            "wait",
                            "port",
                            "command",
                            "command.codec",
                            "event",
                            "store",
                            "state",
                            "dependency",
                            "workflow")));

    private static final List<String> ROOMS = List.of(
            "coordination",
            "agent",
            "state",
            "signal",
            "subscription",
            "dependency",
            "context",
            "sync",
            "routing",
            "workflow");

    private static final String[] PURE = Stream.of(
                    "names",
                    "deadline",
                    "store",
                    "event",
                    "command",
                    "coordination",
                    "agent",
                    "state",
                    "signal",
                    "subscription",
                    "dependency",
                    "context",
                    "sync",
                    "routing",
                    "routing.router",
                    "workflow",
                    "pattern",
                    "plan",
                    "machine")
            .map(ArchitectureTest::name)
            .toArray(String[]::new);

    private static String name(final String room) {
        return room.isEmpty() ? ROOT : ROOT + "." + room;
    }

    @Test
    void shouldHaveARuleForEveryPackage() {
        final Set<String> packages = KERNEL.stream()
                .map(JavaClass::getPackageName)
                .filter(name -> !name.equals(ROOT))
                .map(name -> name.substring(ROOT.length() + 1))
                .collect(Collectors.toCollection(TreeSet::new));
        assertThat(MAY_KNOW.keySet()).containsExactlyInAnyOrderElementsOf(packages);
    }

    @Test
    void shouldImportInwardsOnly() {
        MAY_KNOW.forEach((room, known) -> {
            final String[] allowed = Stream.concat(
                            Stream.of(name(room)), known.stream().map(ArchitectureTest::name))
                    .toArray(String[]::new);
            noClasses()
                    .that()
                    .resideInAPackage(name(room))
                    .should()
                    .dependOnClassesThat(resideInAPackage(ROOT + "..").and(not(resideInAnyPackage(allowed))))
                    .because("imports point inwards")
                    .allowEmptyShould(false)
                    .check(KERNEL);
        });
    }

    /** A room reads the views of the rooms before it, and plain values; it never holds another room's store or rules. */
    @Test
    void shouldReadOnlyTheViewsOfOtherRooms() {
        for (final String room : ROOMS) {
            final DescribedPredicate<JavaClass> insides = DescribedPredicate.describe(
                    "are another room's store or rules",
                    type -> ROOMS.stream()
                                    .filter(other -> !other.equals(room))
                                    .anyMatch(other -> type.getPackageName().equals(name(other)))
                            && !type.isInterface()
                            && !type.isRecord()
                            && !type.isEnum());
            noClasses()
                    .that()
                    .resideInAPackage(name(room))
                    .should()
                    .dependOnClassesThat(insides)
                    .check(KERNEL);
        }
    }

    @Test
    void shouldKnowTheDisruptorInTheRingOnly() {
        noClasses()
                .that()
                .resideOutsideOfPackage(name("ring"))
                .should()
                .dependOnClassesThat()
                .resideInAPackage("com.lmax..")
                .check(KERNEL);
        noClasses()
                .that()
                .resideOutsideOfPackage(name("metrics"))
                .should()
                .dependOnClassesThat()
                .resideInAPackage("org.HdrHistogram..")
                .check(KERNEL);
        noClasses()
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("net.openhft..", "sun..", "jdk..", "org.slf4j..")
                .check(KERNEL);
        noClasses()
                .that()
                .resideOutsideOfPackage(name("reader"))
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("com.google..", "java.util.regex..")
                .because("a regular expression is a reader's business, and RE2's alone is bounded")
                .check(KERNEL);
    }

    @Test
    void shouldLetDriversAloneTurnTheMachine() {
        final Set<String> turning = KERNEL.stream()
                .flatMap(type -> type.getAccessesFromSelf().stream())
                .filter(access -> access.getTargetOwner().isEquivalentTo(CoordinationMachine.class))
                .filter(access -> Set.of("apply", "releaseOutcomes").contains(access.getName()))
                .map(access -> access.getOriginOwner().getName().substring(ROOT.length() + 1))
                .collect(Collectors.toCollection(TreeSet::new));
        assertThat(turning).containsExactly("ring.ApplyStage", "ring.DirectDriver", "ring.ReplayDriver");
    }

    @Test
    void shouldShowNoThirdPartyTypeInAPublicSignature() {
        final List<String> shown = KERNEL.stream()
                .filter(type -> type.getModifiers().contains(JavaModifier.PUBLIC))
                .filter(type -> !type.getPackageName().equals(name("command.codec")))
                .filter(type -> !Set.of("SlotBuffer", "TextlessBuffer").contains(type.getSimpleName()))
                .flatMap(type -> type.getCodeUnits().stream())
                .filter(unit -> unit.getModifiers().contains(JavaModifier.PUBLIC)
                        || unit.getModifiers().contains(JavaModifier.PROTECTED))
                .filter(ArchitectureTest::isForeign)
                .map(JavaCodeUnit::getFullName)
                .toList();
        assertThat(shown).isEmpty();
        assertThat(KERNEL.stream()
                        .filter(type -> type.getModifiers().contains(JavaModifier.PUBLIC))
                        .flatMap(type -> type.getFields().stream())
                        .filter(field -> field.getModifiers().contains(JavaModifier.PUBLIC))
                        .filter(field -> isForeign(field.getRawType()))
                        .map(field -> field.getFullName()))
                .isEmpty();
    }

    private static boolean isForeign(final JavaCodeUnit unit) {
        return isForeign(unit.getRawReturnType())
                || unit.getRawParameterTypes().stream().anyMatch(ArchitectureTest::isForeign);
    }

    private static boolean isForeign(final JavaClass type) {
        return Stream.of("org.agrona", "com.lmax", "org.jctools", "com.google", "org.HdrHistogram")
                .anyMatch(name -> type.getBaseComponentType().getPackageName().startsWith(name));
    }

    @Test
    void shouldKeepTheMachinePure() {
        noClasses()
                .that()
                .resideInAnyPackage(PURE)
                .should()
                .dependOnClassesThat(resideInAnyPackage(
                                "java.io..",
                                "java.nio.file..",
                                "java.nio.channels..",
                                "java.net..",
                                "java.time..",
                                "java.util.concurrent..",
                                "java.util.regex..",
                                "java.util.logging..",
                                "java.text..",
                                "java.security..",
                                "org.jctools..",
                                "org.agrona.concurrent..")
                        .and(not(DescribedPredicate.describe(
                                "is what the compiler itself writes",
                                type -> type.getName().equals("java.io.Serializable")))))
                .check(KERNEL);
        noClasses()
                .that()
                .resideInAnyPackage(PURE)
                .should()
                .dependOnClassesThat(DescribedPredicate.describe(
                        "are threads, chance, identity or a logger",
                        type -> Set.of(
                                        "java.lang.Thread",
                                        "java.lang.ThreadLocal",
                                        "java.util.Random",
                                        "java.util.SplittableRandom",
                                        "java.util.UUID",
                                        "java.util.Date",
                                        "java.util.Timer",
                                        "java.util.Locale",
                                        "java.util.IdentityHashMap",
                                        "java.util.WeakHashMap",
                                        "java.lang.Runtime",
                                        "java.lang.System$Logger")
                                .contains(type.getName())))
                .check(KERNEL);
    }

    @Test
    void shouldCallNothingThatDiffersFromRunToRun() {
        assertThat(differing(PURE)).isEmpty();
        assertThat(differing(name("ring")))
                .as("the drivers read clocks, so the rule sees")
                .isNotEmpty();
    }

    private static List<String> differing(final String... packages) {
        return KERNEL.stream()
                .filter(type -> resideInAnyPackage(packages).test(type))
                .flatMap(type -> type.getMethodCallsFromSelf().stream())
                .filter(ArchitectureTest::differs)
                .map(JavaAccess::getDescription)
                .toList();
    }

    private static final Map<String, Set<String>> FORBIDDEN = Map.of(
            "java.lang.System",
            Set.of("nanoTime", "currentTimeMillis", "identityHashCode", "getProperty", "getenv", "getLogger"),
            "java.lang.Math",
            Set.of(
                    "random", "sin", "cos", "tan", "asin", "acos", "atan", "atan2", "exp", "expm1", "log", "log10",
                    "log1p", "pow", "cbrt", "sinh", "cosh", "tanh", "hypot"),
            "java.lang.String",
            Set.of(
                    "toLowerCase",
                    "toUpperCase",
                    "equalsIgnoreCase",
                    "compareToIgnoreCase",
                    "strip",
                    "isBlank",
                    "matches",
                    "split",
                    "replaceAll",
                    "format",
                    "formatted"),
            "java.lang.Enum",
            Set.of("hashCode"),
            "java.lang.Object",
            Set.of("hashCode", "wait", "notify", "notifyAll"));

    private static boolean differs(final JavaMethodCall call) {
        final String owner = call.getTargetOwner().getName();
        return owner.equals("java.lang.Character")
                || FORBIDDEN.getOrDefault(owner, Set.of()).contains(call.getName())
                || call.getTargetOwner().isEnum() && call.getName().equals("hashCode");
    }
}
