package io.signalbox.stress;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
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

    @Test
    void shouldShowNoForbiddenOutcomeInTheSanityRun() throws IOException, InterruptedException {
        final String output = jcstress("sanity", "-m", "sanity");

        assertThat(output).contains("Failed tests: No matches").contains("Error tests: No matches");
    }

    @Test
    void shouldShowTheFaultOfEveryTwinAndOfNothingElse() throws IOException, InterruptedException {
        final String output = jcstress("quick", "-m", "quick", "-f", "1", "-iters", "3", "-time", "300", "-v");

        final Map<String, List<String>> faults = faultsByTest(output);
        assertThat(faults.keySet()).as("tests that ran").hasSameSizeAs(testsOnTheClassPath());
        faults.forEach((test, seen) -> {
            if (test.endsWith("Twin")) {
                assertThat(seen)
                        .as("faults that the broken twin %s shows", test)
                        .isNotEmpty();
            } else {
                assertThat(seen).as("faults of %s", test).isEmpty();
            }
        });
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

    private static List<String> testsOnTheClassPath() throws IOException {
        try (var list = JcstressTest.class.getResourceAsStream("/META-INF/TestList")) {
            assertThat(list)
                    .as("META-INF/TestList, written by jcstress' annotation processor")
                    .isNotNull();
            return new String(list.readAllBytes(), java.nio.charset.StandardCharsets.UTF_8)
                    .lines()
                    .toList();
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
