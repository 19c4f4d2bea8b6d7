package io.signalbox.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import org.junit.jupiter.api.Test;

class StandardOutputTest {
    @Test
    void shouldSayWhyAnAnswerIsNotWhole() throws Exception {
        try (OutputStream full = new FileOutputStream("/dev/full")) {
            final StandardOutput out = new StandardOutput(full);
            print(out);
            assertThat(out.failure()).contains("No space left on device");
        }
    }

    @Test
    void shouldTakeAReaderThatHasGoneForNoFailure() {
        final StandardOutput out = new StandardOutput(new OutputStream() {
            @Override
            public void write(final int one) throws IOException {
                throw new IOException("Broken pipe");
            }
        });
        print(out);
        assertThat(out.failure()).isEmpty();
    }

    @Test
    void shouldPassOnWhatIsPrinted() {
        final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        final StandardOutput out = new StandardOutput(bytes);
        print(out);
        assertThat(bytes.toString(UTF_8)).isEqualTo("x\n");
        assertThat(out.failure()).isEmpty();
    }

    private static void print(final StandardOutput out) {
        final PrintStream stream = new PrintStream(out, true, UTF_8);
        stream.print("x\n");
        stream.flush();
    }
}
