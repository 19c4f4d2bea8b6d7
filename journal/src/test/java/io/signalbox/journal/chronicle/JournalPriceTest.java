package io.signalbox.journal.chronicle;

import static org.assertj.core.api.Assertions.assertThat;

import io.signalbox.journal.ChildJvm;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Shows the price of one command in the build's output, from a JVM without assertions. No figure is asserted. */
class JournalPriceTest {
    @Test
    void shouldTellThePriceOfOneCommand(@TempDir final Path temp) throws IOException, InterruptedException {
        final ChildJvm.Ended child = ChildJvm.run(
                temp,
                ChildJvm.command(
                        List.of(),
                        ChildJvm.javas().get(0),
                        new ChronicleEngine().jvmFlags(),
                        PriceChild.class,
                        temp.resolve("journal").toString()));
        assertThat(child.exitCode()).as(child.err()).isZero();
        assertThat(child.out().lines()).hasSize(5);
        System.out.print(child.out());
    }
}
