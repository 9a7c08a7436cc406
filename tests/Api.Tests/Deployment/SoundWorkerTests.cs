using Microsoft.Extensions.Logging.Abstractions;
using QualityIngest.Audio;

namespace QualityIngest.Api.Tests.Deployment;

/// <summary>The program is its own child that decodes recordings.</summary>
public sealed class SoundWorkerTests
{
    [Fact]
    public async Task The_program_decodes_when_it_is_told_to()
    {
        await using var pool = new SoundPool(new SoundOptions { Workers = 1 }, typeof(Program).Assembly, NullLogger<SoundPool>.Instance);
        using var file = await new SoundSpool(new SoundOptions()).Copy(new MemoryStream(Wave(seconds: 2)), 100_000, CancellationToken.None);

        var measured = Assert.IsType<SoundMeasured>(await pool.Measure(file, CancellationToken.None));

        Assert.Equal(new SoundFormat("wave", "mulaw", 1, 8_000), measured.Sound.Format);
        Assert.Equal(2_000, measured.Sound.DurationMs);
    }

    private static byte[] Wave(int seconds)
    {
        var bytes = new MemoryStream();
        using var writer = new BinaryWriter(bytes);
        writer.Write("RIFF\0\0\0\0WAVEfmt "u8);
        writer.Write(16);
        writer.Write((short)7);
        writer.Write((short)1);
        writer.Write(8_000);
        writer.Write(8_000);
        writer.Write((short)1);
        writer.Write((short)8);
        writer.Write("data"u8);
        writer.Write(8_000 * seconds);
        writer.Write(new byte[8_000 * seconds]);
        return bytes.ToArray();
    }
}
