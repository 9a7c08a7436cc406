using QualityIngest.Audio.Tests.Kit;
using static QualityIngest.Audio.Tests.Kit.WaveBytes;

namespace QualityIngest.Audio.Tests.Files;

/// <summary>What is no sound that can be read says why.</summary>
public sealed class RefusalTests
{
    private static readonly byte[] Sound = new byte[16_000];
    private static readonly byte[] Pcm16 = Format(1, 1, 8_000, 16);

    private static readonly (string Reason, byte[] File)[] Files =
    [
        ("The file is empty.", []),
        ("It is no sound file", [0xFF]),
        ("It is no sound file", "RIF"u8.ToArray()),
        ("It is no sound file", "OggS"u8.ToArray().Concat(new byte[100]).ToArray()),
        ("It is no sound file", "fLaC"u8.ToArray().Concat(new byte[100]).ToArray()),
        ("It is no sound file", Container("RIFX", null, Pcm16, Chunk("data", Sound))),
        ("It is no sound file", [.. "\xEF\xBB\xBF{\"error\":\"not found\"}"u8]),
        ("It is no sound file", [0xFF, 0xF1, 0x50, 0x80, .. new byte[2_000]]), // AAC
        ("It is no sound file", [0xFF, 0xFB, 0x90, 0x00, .. new byte[2_000]]), // one frame's header, and nothing like it behind
        ("It is no sound file", [0xFF, 0xFE, (byte)'{', 0, (byte)'"', 0, .. new byte[2_000]]), // UTF-16
        ("No MPEG audio follows", [.. "ID3"u8, 4, 0, 0, 0, 0, 0, 10, .. new byte[10], .. "fLaC"u8, .. new byte[3_000]]),
        ("No MPEG audio follows", [.. "ID3"u8, 4, 0, 0, 0x7F, 0x7F, 0x7F, 0x7F, .. new byte[10]]),
        ("It is MPEG audio of free format", FreeFormat()),
        ("It ends within its header.", "RIFF"u8.ToArray()),
        ("It is RIFF, but not WAVE.", [.. "RIFF"u8, 100, 0, 0, 0, .. "AVI "u8, .. new byte[100]]),
        ("It ends before it says", Riff()),
        ("It ends before it says", Riff(Chunk("LIST", new byte[10], 4_000_000_000))),
        ("It ends before it says", Riff(Chunk("data", Sound))),
        ("It ends within its format chunk.", Riff([.. "fmt "u8, 16, 0, 0, 0, 1, 0])),
        ("It ends within its format chunk.", Riff(Chunk("fmt ", [1, 0, 1, 0]), Chunk("data", Sound))),
        ("It holds no sound.", Riff(Pcm16)),
        ("It holds no sound.", Riff(Pcm16, Chunk("data", []))),
        ("It holds no sound.", Riff(Pcm16, Chunk("data", []), Chunk("LIST", new byte[10]))),
        ("It holds no sound.", Riff(Pcm16, Chunk("data", [1]))),
        ("It says that it has no channels.", Riff(Format(1, 0, 8_000, 16), Chunk("data", Sound))),
        ("It has 9 channels; 8 is the most.", Riff(Format(1, 9, 8_000, 16), Chunk("data", Sound))),
        ("It has 65535 channels", Riff(Format(1, 65_535, 8_000, 8), Chunk("data", new byte[200_000]))),
        ("Its sample rate of 0 Hz", Riff(Format(1, 1, 0, 16), Chunk("data", Sound))),
        ("Its sample rate of 2147483647 Hz", Riff(Format(1, 1, -1, 16), Chunk("data", Sound))),
        ("Its samples of 64 bits", Riff(Format(1, 1, 8_000, 64), Chunk("data", Sound))),
        ("Its samples of 0 bits", Riff(Format(1, 1, 8_000, 0, 0), Chunk("data", Sound))),
        ("Its codec is not read: G.729.", Riff(Format(0x83, 1, 8_000, 0, 10), Chunk("data", Sound))),
        ("Its codec is not read: format 1234.", Riff(Format(0x1234, 1, 8_000, 16), Chunk("data", Sound))),
        ("Its extensible format", Riff(Format(0xFFFE, 1, 8_000, 16, null, [.. Half(22), .. new byte[22]]), Chunk("data", Sound))),
        ("Its extensible format", Riff(Format(0xFFFE, 1, 8_000, 16), Chunk("data", Sound))),
        ("Its blocks have no length.", Riff(Format(0x11, 1, 8_000, 4, 0, 2, 0, 0, 0), Chunk("data", Sound))),
        ("The decoder does not take it", Riff(Format(0x31, 3, 8_000, 0, 65, 2, 0, 64, 1), Chunk("data", Sound))),
        ("The decoder does not take it", Riff(Format(0x02, 1, 8_000, 4, 256, 2, 0, 1, 0), Chunk("data", Sound))),
        ("It has more than 4096 chunks.", Riff([.. Enumerable.Repeat(Chunk("junk", []), 5_000)])),
    ];

    public static TheoryData<int, string> Cases
    {
        get
        {
            var cases = new TheoryData<int, string>();
            for (var i = 0; i < Files.Length; i++)
                cases.Add(i, Files[i].Reason);
            return cases;
        }
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public async Task It_is_refused_with_its_reason(int index, string reason) =>
        Assert.StartsWith(reason, await Recording.Refusal(Files[index].File), StringComparison.Ordinal);

    [Fact]
    public async Task The_length_is_counted_and_not_read()
    {
        var limits = new SoundLimits(TimeSpan.FromSeconds(1), 8);

        Assert.Equal("It is longer than 1 second.", await Recording.Refusal(Container("RIFF", 0, Pcm16, Chunk("data", [.. Sound, 0, 0], 0)), limits));
        Assert.IsType<SoundMeasured>(await Recording.Read(Riff(Pcm16, Chunk("data", Sound)), limits));
    }

    [Fact]
    public async Task Fewer_channels_may_be_allowed()
    {
        var file = Riff(Format(1, 2, 8_000, 16), Chunk("data", Sound));

        Assert.Equal("It has 2 channels; 1 is the most.", await Recording.Refusal(file, new(TimeSpan.FromHours(4), 1)));
    }

    private static byte[] FreeFormat()
    {
        var frame = new byte[400];
        new byte[] { 0xFF, 0xFB, 0x00, 0x00 }.CopyTo(frame, 0);
        return [.. frame, .. frame, .. frame];
    }
}
