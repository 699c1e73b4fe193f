package dev.slipway.api;

import dev.slipway.kernel.Role;
import io.micronaut.aop.Around;
import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Inherited;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * The role that a caller of a contract needs: on the interface for all of its methods, on a method for that one. It is
 * checked on the implementation, so that a plain call is guarded just as a remote one.
 */
@Around
@Inherited
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target({ElementType.TYPE, ElementType.METHOD})
public @interface Allowed {
    Role value();
}
