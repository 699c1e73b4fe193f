package dev.slipway.edge.fuzz;

import dev.slipway.edge.fuzz.Fuzzing.Damage;
import dev.slipway.onnx.OnnxModel;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.SplittableRandom;

/** Looks for models that the converter does not deal with, for as long as it is told. */
final class LongFuzz {
    private static final long REPORTED_EVERY = Duration.ofMinutes(1).toNanos();
    private static final long SECONDS_EACH = 60;

    private LongFuzz() {}

    /** Arguments: minutes; the folder of findings; the first seed; optionally a folder of further models. */
    public static void main(String[] arguments) throws IOException, InterruptedException {
        long end = System.nanoTime()
                + (long) (Double.parseDouble(arguments[0])
                        * Duration.ofMinutes(1).toNanos());
        Path folder = Files.createDirectories(Path.of(arguments[1]));
        SplittableRandom seeds = new SplittableRandom(Long.parseLong(arguments[2]));
        List<OnnxModel> models = arguments.length > 3 ? Seeds.with(Path.of(arguments[3])) : Seeds.ofTests();
        System.out.println(models.size() + " good models, first seed " + arguments[2]);
        try (Fuzzing fuzzing = new Fuzzing(models, folder, new FuzzProcess(folder, true, SECONDS_EACH))) {
            long told = System.nanoTime();
            while (System.nanoTime() < end) {
                int kind = seeds.nextInt(10);
                Damage damage = kind < 7 ? Damage.MODEL : kind < 8 ? Damage.BYTES : Damage.OPTIONS;
                fuzzing.attempt(damage, seeds.nextLong()).ifPresent(System.out::println);
                if (System.nanoTime() - told > REPORTED_EVERY) {
                    told = System.nanoTime();
                    System.out.println(fuzzing.counts());
                }
            }
            System.out.println(fuzzing.counts());
            fuzzing.causes().forEach((cause, times) -> System.out.println(times + " times " + cause));
        }
    }
}
