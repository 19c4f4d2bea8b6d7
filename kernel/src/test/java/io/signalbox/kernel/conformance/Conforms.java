package io.signalbox.kernel.conformance;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** On a test, through the public API, that shows cases of the catalogue: {@code @Conforms({"T-STATE-24", "T-STATE-47"})}. */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.METHOD)
public @interface Conforms {
    /** Ids of the catalogue in {@code src/test/resources/conformance}. */
    String[] value();
}
