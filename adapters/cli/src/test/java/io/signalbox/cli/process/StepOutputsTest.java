package io.signalbox.cli.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class StepOutputsTest {
    @TempDir
    Path folder;

    private Path out;
    private Path target;

    @BeforeEach
    void newOut() throws Exception {
        out = Files.createDirectories(folder.resolve("attempts/1/out"));
        target = folder.resolve("outputs/step");
    }

    @Test
    void shouldMoveAFileAndHashIt() throws Exception {
        write("lib/app.jar", "content");
        final StoredFile kept = collect(Map.of("jar", "lib/app.jar")).get("jar");
        assertThat(kept.path()).isEqualTo(target.resolve("lib/app.jar")).hasContent("content");
        assertThat(kept.sizeBytes()).isEqualTo(7);
        assertThat(kept.sha256()).isEqualTo("ed7002b439e9ac845f22357d822bac1444730fbdb6016d3ec9432297b9ec9f73");
        assertThat(out.resolve("lib/app.jar")).doesNotExist();
    }

    @Test
    void shouldMoveADirectoryAsAWhole() throws Exception {
        write("site/a.txt", "a");
        write("site/sub/b.txt", "bb");
        Files.createSymbolicLink(out.resolve("site/link"), Path.of("sub/b.txt"));
        final StoredFile kept = collect(Map.of("site", "site")).get("site");
        assertThat(kept.sizeBytes()).isEqualTo(3);
        assertThat(target.resolve("site/link")).hasContent("bb");
        final String hash = kept.sha256();
        newOut();
        write("site/sub/b.txt", "bb");
        write("site/a.txt", "A");
        assertThat(collect(Map.of("site", "site")).get("site").sha256()).isNotEqualTo(hash);
        assertThat(target.resolve("site/link")).as("the old directory is gone").doesNotExist();
        assertThat(target.resolve(".site.replaced")).doesNotExist();
    }

    @Test
    void shouldReplaceWhatAnEarlierAttemptLeft() throws Exception {
        Files.createDirectories(target.resolve("x/y"));
        Files.writeString(Files.createDirectories(target.resolve("d2")).resolve("old"), "old");
        Files.writeString(target.resolve("d3"), "a file");
        write("x", "now a file");
        write("d2/new", "new");
        write("d3/new", "new");
        collect(Map.of("x", "x", "d2", "d2", "d3", "d3"));
        assertThat(target.resolve("x")).hasContent("now a file");
        assertThat(target.resolve("d2/new")).exists();
        assertThat(target.resolve("d2/old")).doesNotExist();
        assertThat(target.resolve("d3/new")).exists();
    }

    @Test
    void shouldKeepAllOrNothing() throws Exception {
        write("there", "x");
        final Map<String, String> declared = new LinkedHashMap<>();
        declared.put("a", "there");
        declared.put("b", "missing");
        assertThatThrownBy(() -> collect(declared))
                .isInstanceOf(StepOutputs.OutputException.class)
                .hasMessage("output \"b\" (missing) does not exist: expected after success inside SIGNALBOX_OUT");
        assertThat(target).doesNotExist();
        assertThat(out.resolve("there")).exists();
    }

    @ParameterizedTest
    @ValueSource(strings = {"../x", "/etc/passwd", "a/../../x", "", "."})
    void shouldRefusePathsThatLeadOutside(final String path) {
        assertThatThrownBy(() -> collect(Map.of("o", path)))
                .hasMessageContaining("expected a relative path inside SIGNALBOX_OUT");
    }

    @Test
    void shouldRefuseLinksThatLeadOutside() throws Exception {
        Files.writeString(folder.resolve("secret"), "secret");
        Files.createSymbolicLink(out.resolve("file"), folder.resolve("secret"));
        Files.createSymbolicLink(out.resolve("folder"), folder);
        Files.createDirectory(out.resolve("tree"));
        Files.createSymbolicLink(out.resolve("tree/deep"), Path.of("../../../../secret"));
        assertThatThrownBy(() -> collect(Map.of("o", "file"))).hasMessageContaining("leads outside SIGNALBOX_OUT");
        assertThatThrownBy(() -> collect(Map.of("o", "folder/secret"))).hasMessageContaining("leads outside");
        assertThatThrownBy(() -> collect(Map.of("o", "tree"))).hasMessageContaining("deep leads outside of it");
    }

    @Test
    void shouldKeepTheFileBehindALinkInside() throws Exception {
        write("app-1.0.jar", "content");
        Files.createSymbolicLink(out.resolve("app.jar"), Path.of("app-1.0.jar"));
        assertThat(collect(Map.of("jar", "app.jar")).get("jar").path())
                .isRegularFile()
                .hasContent("content");
        assertThat(Files.isSymbolicLink(target.resolve("app.jar"))).isFalse();
    }

    @Test
    void shouldRefuseWhatIsNoFile() throws Exception {
        assertThat(new ProcessBuilder("mkfifo", out.resolve("pipe").toString())
                        .start()
                        .waitFor())
                .isZero();
        assertThatThrownBy(() -> collect(Map.of("o", "pipe"))).hasMessageContaining("neither a file nor a directory");
    }

    @Test
    void shouldRefuseOutputsThatOverlap() throws Exception {
        write("a/b", "x");
        final Map<String, String> declared = new LinkedHashMap<>();
        declared.put("outer", "a");
        declared.put("inner", "a/b");
        assertThatThrownBy(() -> collect(declared)).hasMessageContaining("overlap");
    }

    private Map<String, StoredFile> collect(final Map<String, String> declared) throws Exception {
        return StepOutputs.collect(declared, out, target);
    }

    private void write(final String path, final String content) throws Exception {
        final Path file = out.resolve(path);
        Files.createDirectories(file.getParent());
        Files.writeString(file, content);
    }
}
