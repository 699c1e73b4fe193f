package dev.slipway.training;

import java.util.Collection;
import java.util.List;
import java.util.TreeSet;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import java.util.stream.Stream;

/** Lets those of one process who change the same things take turns, as each would repeat its work for the others. */
public final class Turns {
    private static final int STRIPES = 64;

    private final List<Lock> stripes =
            Stream.<Lock>generate(ReentrantLock::new).limit(STRIPES).toList();

    /** Does the work while nobody else does any on these things. */
    public <T> T take(Collection<?> things, Supplier<T> work) {
        // Always in the same order, so that two of us never wait for each other.
        TreeSet<Integer> wanted = new TreeSet<>();
        things.forEach(thing -> wanted.add(Math.floorMod(thing.hashCode(), STRIPES)));
        List<Lock> locks = wanted.stream().map(stripes::get).toList();
        locks.forEach(Lock::lock);
        try {
            return work.get();
        } finally {
            locks.forEach(Lock::unlock);
        }
    }
}
