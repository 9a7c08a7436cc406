using QualityIngest.Audio.Tests.Kit;
using static QualityIngest.Audio.Tests.Kit.WaveBytes;

namespace QualityIngest.Audio.Tests.Pool;

/// <summary>Files that lie and files that were damaged, read by a child: whatever comes of them has a name.</summary>
public sealed class DamageTests : IDisposable
{
    private const int Seed = 20_261;
    private const int Header = 80;

    private readonly PoolLog _log = new();

    public void Dispose() => _log.Dispose();

    public static TheoryData<string, int, int> Kinds => new()
    {
        { "pcm16", Written.Wave | 2, 2 },
        { "extensible", Written.WaveExtensible | 3, 2 },
        { "rf64", Written.Rf64 | 6, 1 },
        { "mulaw", Written.Wave | 0x10, 1 },
        { "ima_adpcm", Written.Wave | 0x12, 2 },
        { "ms_adpcm", Written.Wave | 0x13, 1 },
        { "gsm610", Written.Wave | 0x20, 1 },
        { "g721", Written.Wave | 0x30, 1 },
        { "nms_adpcm", Written.Wave | 0x23, 1 },
        { "mpeg3", Written.Mpeg | 0x82, 1 },
    };

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task Flipped_bits_and_cuts_end_in_an_outcome_and_the_child_lives(string what, int format, int channels)
    {
        var random = new Random(Seed);
        var whole = Written.File(format, Signal.Tones(1_600, channels, 8_000), channels, 8_000);
        await using var pool = new SoundPool(new SoundOptions { Workers = 1, Command = Children.Good, FileTimeout = TimeSpan.FromSeconds(20) }, null, _log);

        for (var i = 0; i < 150; i++)
        {
            var file = whole.ToArray();
            for (var flips = random.Next(1, 6); flips > 0; flips--)
                file[random.Next(Math.Min(Header, file.Length))] ^= (byte)(1 << random.Next(8));
            Assert.IsNotType<SoundLost>(await Measure(pool, i % 3 == 0 ? file[..random.Next(file.Length)] : file));
        }

        for (var length = 0; length < 100; length += 3)
            Assert.IsNotType<SoundLost>(await Measure(pool, whole[..length]));
        Assert.IsType<SoundMeasured>(await Measure(pool, whole));
        Assert.True(_log.Processes.Count == 1, $"{what} cost {_log.Processes.Count - 1} children: {string.Join('\n', _log.Warnings)}");
    }

    [Fact]
    public async Task Sound_of_noise_is_sound()
    {
        var noise = new byte[200_000];
        new Random(Seed).NextBytes(noise);
        await using var pool = new SoundPool(new SoundOptions { Workers = 1, Command = Children.Good }, null, _log);

        byte[][] formats =
        [
            Format(3, 2, 48_000, 32), Format(3, 1, 48_000, 64), Format(6, 8, 8_000, 8),
            Format(0x11, 2, 8_000, 4, 2048, [2, 0, .. Half(2041)]), Format(0x31, 1, 8_000, 0, 65, [2, 0, .. Half(320)]),
        ];
        foreach (var format in formats)
            Assert.IsType<SoundMeasured>(await Measure(pool, Riff(format, Chunk("data", noise))));
        byte[] mpeg = [.. Written.File(Written.Mpeg | 0x82, Signal.Tones(8_000, 1, 8_000), 1, 8_000), .. noise];
        Assert.IsType<SoundMeasured>(await Measure(pool, mpeg));
        Assert.Single(_log.Processes);
    }

    [Fact]
    public async Task Declared_sizes_allocate_nothing()
    {
        await using var pool = new SoundPool(new SoundOptions { Workers = 1, Command = Children.Good }, null, _log);
        await Measure(pool, Riff(Format(1, 1, 8_000, 16), Chunk("data", new byte[100])));
        var before = Children.Memory(_log.Processes[0], "VmHWM");

        byte[][] liars =
        [
            Riff(Chunk("fmt ", [1, 0, 1, 0], 4_000_000_000)),
            Riff(Format(0x02, 2, 8_000, 4, 65_535, [.. Half(65_535), .. Half(65_535), .. Half(65_535), .. new byte[400]]), Chunk("data", new byte[70_000], 0xFFFF_FFF0)),
            Riff(Format(0x11, 2, 8_000, 4, 65_532, [2, 0, .. Half(65_521)]), Chunk("data", new byte[70_000])),
            [.. "ID3"u8, 4, 0, 0, 0x7F, 0x7F, 0x7F, 0x7F, .. new byte[100]],
            Container("RF64", uint.MaxValue, Chunk("ds64", [.. Long(long.MaxValue), .. Long(long.MaxValue), .. Long(long.MaxValue), .. Word(uint.MaxValue)])),
        ];
        foreach (var liar in liars)
            Assert.IsNotType<SoundLost>(await Measure(pool, liar));

        Assert.InRange(Children.Memory(_log.Processes[0], "VmHWM") - before, 0, 16 * 1024 * 1024);
    }

    private static async Task<SoundOutcome> Measure(SoundPool pool, byte[] bytes)
    {
        using var file = await Recording.Of(bytes);
        return await pool.Measure(file, CancellationToken.None);
    }
}
