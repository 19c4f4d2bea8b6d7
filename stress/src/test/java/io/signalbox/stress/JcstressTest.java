package io.signalbox.stress;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** All trios, short: what must not happen does not, and every twin shows the fault that its original prevents. */
class JcstressTest {
    private static final Path WORK = Path.of("target", "jcstress").toAbsolutePath();
    private static final Pattern TEST = Pattern.compile("\\[OK\\] (io\\.signalbox\\.stress\\.\\S+)");
    private static final Pattern OUTCOME = Pattern.compile(
            "^\\s*(\\S.*?)\\s{2,}([\\d,]+)\\s+<?[\\d.]+%\\s+(Acceptable|Interesting|Forbidden|Unknown)\\s");
    private static final long TIME_LIMIT_S = 120;
    private static final int AGAIN_MAX = 4;

    @Test
    void shouldShowNoForbiddenOutcomeInTheSanityRun() throws IOException, InterruptedException {
        final String output = jcstress("sanity", "-m", "sanity");

        assertThat(output).contains("Failed tests: No matches").contains("Error tests: No matches");
    }

    @Test
    void shouldShowTheFaultOfEveryTwinAndOfNothingElse() throws IOException, InterruptedException {
        final Map<String, List<String>> faults =
                faultsByTest(jcstress("quick", "-m", "quick", "-f", "1", "-iters", "3", "-time", "300", "-v"));
        assertThat(faults.keySet()).as("tests that ran").hasSize(testsOnTheClassPath());

        // With a busy neighbour the two actors may hardly have met: a twin that kept still gets more time, a few times.
        for (int again = 1; again <= AGAIN_MAX && !silentTwins(faults).isEmpty(); again++) {
            faults.putAll(faultsByTest(jcstress(
                    "again-" + again,
                    "-m",
                    "quick",
                    "-f",
                    "1",
                    "-iters",
                    "4",
                    "-time",
                    "800",
                    "-v",
                    "-t",
                    String.join("|", silentTwins(faults)))));
        }

        assertThat(silentTwins(faults)).as("broken twins that show no fault").isEmpty();
        faults.keySet().removeIf(JcstressTest::isTwin);
        assertThat(faults.values())
                .as("faults of what is not broken: %s", faults)
                .allMatch(List::isEmpty);
    }

    private static boolean isTwin(final String test) {
        return test.endsWith("Twin");
    }

    private static List<String> silentTwins(final Map<String, List<String>> faults) {
        return faults.keySet().stream()
                .filter(test -> isTwin(test) && faults.get(test).isEmpty())
                .toList();
    }

    private static Map<String, List<String>> faultsByTest(final String output) {
        final Map<String, List<String>> faults = new TreeMap<>();
        String test = null;
        for (final String line :
                output.substring(output.indexOf("RUN RESULTS")).lines().toList()) {
            final Matcher header = TEST.matcher(line);
            final Matcher row = OUTCOME.matcher(line);
            if (header.find()) {
                test = header.group(1);
                faults.put(test, new ArrayList<>());
            } else if (test != null
                    && row.find()
                    && !row.group(3).equals("Acceptable")
                    && !row.group(2).equals("0")) {
                faults.get(test).add(row.group(1) + " seen " + row.group(2) + " times");
            }
        }
        return faults;
    }

    private static int testsOnTheClassPath() throws IOException {
        try (var list = JcstressTest.class.getResourceAsStream("/META-INF/TestList")) {
            assertThat(list)
                    .as("META-INF/TestList, written by jcstress' annotation processor")
                    .isNotNull();
            return Math.toIntExact(new String(list.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .count());
        }
    }

    private static String jcstress(final String name, final String... arguments)
            throws IOException, InterruptedException {
        Files.createDirectories(WORK);
        final Path output = WORK.resolve(name + ".txt");
        final List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                "org.openjdk.jcstress.Main"));
        command.addAll(List.of(arguments));
        command.addAll(List.of("-sc", "false", "-af", "NONE", "-jvmArgs", "-Xmx256m", "-r", name));
        final Process run = new ProcessBuilder(command)
                .directory(WORK.toFile())
                .redirectErrorStream(true)
                .redirectOutput(output.toFile())
                .start();
        try {
            assertThat(run.waitFor(TIME_LIMIT_S, TimeUnit.SECONDS))
                    .as("jcstress within %d s, see %s", TIME_LIMIT_S, output)
                    .isTrue();
        } finally {
            run.destroy();
        }
        final String said = Files.readString(output);
        assertThat(run.exitValue())
                .as("exit code of jcstress, which said:%n%s", said)
                .isZero();
        return said;
    }
}
