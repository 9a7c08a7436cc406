using System.Buffers.Binary;
using QualityIngest.Audio.Tests.Kit;
using static QualityIngest.Audio.Tests.Kit.WaveBytes;

namespace QualityIngest.Audio.Tests.Pool;

public sealed class MemoryTests : IDisposable
{
    private const long Mebibyte = 1024 * 1024;

    private readonly PoolLog _log = new();

    public void Dispose() => _log.Dispose();

    [Theory]
    [InlineData("mulaw")]
    [InlineData("mpeg3")]
    public async Task An_hour_of_sound_takes_no_more_memory_than_a_minute(string codec)
    {
        await using var pool = new SoundPool(new SoundOptions { Workers = 1, Command = Children.Good }, null, _log);

        var minute = await Peak(pool, codec, 1);
        var hour = await Peak(pool, codec, 60);

        Assert.Single(_log.Processes);
        // The bits of speech grow, and the collector may be later: no more than that.
        Assert.InRange(hour - minute, -Mebibyte, 16 * Mebibyte);
        Assert.InRange(hour, 0, 128 * Mebibyte);
    }

    [Fact]
    public async Task A_bound_on_memory_that_is_too_low_ends_the_child_and_not_the_parent()
    {
        // Half of what is allowed is already more than the file needs; what ends it is told by the one that lives.
        var options = new SoundOptions { Workers = 1, Command = Children.Good, MemoryBytes = 24 * Mebibyte };
        await using var pool = new SoundPool(options, null, _log);
        using var file = await Recording.Of(Sound("mulaw", 1));

        Assert.IsType<SoundLost>(await pool.Measure(file, CancellationToken.None));
    }

    private async Task<long> Peak(SoundPool pool, string codec, int minutes)
    {
        using var file = await Recording.Of(Sound(codec, minutes));
        var measured = Assert.IsType<SoundMeasured>(await pool.Measure(file, CancellationToken.None));
        Assert.InRange(measured.Sound.DurationMs, minutes * 60_000 * 0.98, minutes * 60_000 * 1.02);
        return Children.Memory(_log.Processes[0], "VmHWM");
    }

    private static byte[] Sound(string codec, int minutes)
    {
        if (codec == "mulaw")
        {
            var noise = new byte[8_000 * 60 * minutes];
            new Random(1).NextBytes(noise);
            return Riff(Format(7, 1, 8_000, 8), Chunk("data", noise));
        }

        var second = Written.File(Written.Mpeg | 0x82, Signal.Tones(16_000, 1, 16_000), 1, 16_000, 0);
        Assert.True(MpegFrame.TryRead(BinaryPrimitives.ReadUInt32BigEndian(second), out var first));
        var frames = second.AsSpan(first.Bytes, first.Bytes * 27).ToArray(); // without the first, which only counts the others
        var all = new byte[frames.Length * (60 * minutes * 16_000 / (576 * 27))];
        for (var at = 0; at < all.Length; at += frames.Length)
            frames.CopyTo(all, at);
        return all;
    }
}
