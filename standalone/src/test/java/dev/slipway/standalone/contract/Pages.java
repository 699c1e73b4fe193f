package dev.slipway.standalone.contract;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.kernel.Entity;
import dev.slipway.kernel.ErrorKind;
import dev.slipway.kernel.Page;
import dev.slipway.kernel.id.Id;
import io.micronaut.core.annotation.Nullable;
import java.util.ArrayList;
import java.util.List;

/** What every paged list keeps. */
final class Pages {
    private Pages() {}

    @FunctionalInterface
    interface Listing<I extends Id, B> {
        Page<Entity<I, B>> page(int limit, @Nullable String cursor);
    }

    /** That pages of two bring all of {@code expected} in order, and that bad limits and cursors are refused. */
    static <I extends Id, B> void inTwos(List<I> expected, Listing<I, B> listing) {
        List<I> found = new ArrayList<>();
        @Nullable String cursor = null;
        do {
            Page<Entity<I, B>> page = listing.page(2, cursor);
            assertThat(page.items()).hasSizeLessThanOrEqualTo(2);
            page.items().forEach(entity -> found.add(entity.id()));
            cursor = page.next().orElse(null);
        } while (cursor != null);
        assertThat(found).isEqualTo(expected);

        Contract.refused(ErrorKind.INVALID, "page.limit", () -> listing.page(0, null));
        Contract.refused(ErrorKind.INVALID, "page.limit", () -> listing.page(1001, null));
        Contract.refused(ErrorKind.INVALID, "page.cursor", () -> listing.page(2, "no cursor & no+hope=%/"));
    }
}
