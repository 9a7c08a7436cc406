using QualityIngest.Audio.Tests.Kit;
using static QualityIngest.Audio.Tests.Kit.WaveBytes;

namespace QualityIngest.Audio.Tests.Files;

/// <summary>WAVE files as they come: chunks in odd orders, and sizes that are not true.</summary>
public sealed class WaveLayoutTests
{
    private const int Rate = 8_000;
    private static readonly float[] Original = Signal.Tones(Rate, 1, Rate);
    private static readonly byte[] Sound = Samples16(Original);
    private static readonly byte[] Pcm16 = Format(1, 1, Rate, 16);
    private static readonly byte[] List = Chunk("LIST", "INFOISFT\u0006\0\0\0maker\0"u8.ToArray());

    private static readonly Dictionary<string, byte[]> Files = new()
    {
        { "plain", Riff(Pcm16, Chunk("data", Sound)) },
        { "LIST before the format", Riff(List, Pcm16, Chunk("data", Sound)) },
        { "chunks between format and sound", Riff(Pcm16, List, Chunk("fact", Word(1)), Chunk("bext", new byte[602]), Chunk("data", Sound)) },
        { "chunks after the sound", Riff(Pcm16, Chunk("data", Sound), List, Chunk("id3 ", new byte[33])) },
        { "the sound before its format", Riff(Chunk("data", Sound), Pcm16) },
        { "a chunk of odd length", Riff(Chunk("note", [1, 2, 3]), Pcm16, Chunk("data", Sound)) },
        { "a chunk of odd length that is not padded", Riff([.. "note"u8, 3, 0, 0, 0, 1, 2, 3], Pcm16, Chunk("data", Sound)) },
        { "an unknown chunk of nothing", Riff(Chunk("\0\0\0\0", []), Pcm16, Chunk("data", Sound)) },
        { "a long extension of the format", Riff(Format(1, 1, Rate, 16, null, [.. Half(400), .. new byte[400]]), Chunk("data", Sound)) },
        { "a second format, which is wrong", Riff(Pcm16, Format(1, 2, 16_000, 8), Chunk("data", Sound)) },
        { "streamed: all sizes are the largest", Container("RIFF", uint.MaxValue, Pcm16, Chunk("data", Sound, uint.MaxValue)) },
        { "streamed: all sizes are 0", Container("RIFF", 0, Pcm16, Chunk("data", Sound, 0)) },
        { "streamed: all sizes are of an empty file", Container("RIFF", 36, Pcm16, Chunk("data", Sound, 0)) },
        { "streamed: nearly 2 GiB", Container("RIFF", 0x7FFFF024, Pcm16, Chunk("data", Sound, 0x7FFFF000)) },
        { "interrupted: more sound than there is", Container("RIFF", 50_000, Pcm16, Chunk("data", Sound, 40_000)) },
        { "interrupted in the middle of a frame", [.. Riff(Pcm16, Chunk("data", Sound, 40_000)), 1] },
        { "the file's size is too small", Container("RIFF", 4, Pcm16, Chunk("data", Sound)) },
        { "the file's size is too large", Container("RIFF", 1_000_000, Pcm16, Chunk("data", Sound)) },
        { "junk behind all", [.. Riff(Pcm16, Chunk("data", Sound)), .. "junk"u8] },
        { "a byte rate and a frame size that are 0", Riff(Format(1, 1, Rate, 16, 0), Chunk("data", Sound)) },
        { "a frame size that does not fit", Riff(Format(1, 1, Rate, 16, 1), Chunk("data", Sound)) },
        { "14 bits in 16", Riff(Format(1, 1, Rate, 14, 2), Chunk("data", Sound)) },
        { "extensible", Riff(Extensible(1, 16), Chunk("data", Sound)) },
        { "RF64", Container("RF64", uint.MaxValue, Ds64(Sound.Length), Pcm16, Chunk("data", Sound, uint.MaxValue)) },
        { "RF64 with plain sizes", Container("RF64", null, Ds64(Sound.Length), Pcm16, Chunk("data", Sound)) },
        { "RF64 without its sizes", Container("RF64", uint.MaxValue, Pcm16, Chunk("data", Sound, uint.MaxValue)) },
        { "RF64 whose sizes are negative", Container("RF64", uint.MaxValue, Ds64(-1), Pcm16, Chunk("data", Sound, uint.MaxValue)) },
        { "RF64 with chunks after the sound", Container("RF64", uint.MaxValue, Ds64(Sound.Length), Pcm16, Chunk("data", Sound, uint.MaxValue), List) },
    };

    public static TheoryData<string> Names => [.. Files.Keys];

    [Theory]
    [MemberData(nameof(Names))]
    public async Task All_of_the_sound_is_decoded_and_nothing_else(string what)
    {
        var file = Files[what];

        var decoded = await Recording.Decode(file);

        Assert.Equal(file[1] == 'I' ? "wave" : "rf64", decoded.Format.Container);
        Assert.Equal(("pcm16", 1, Rate), (decoded.Format.Codec, decoded.Format.Channels, decoded.Format.SampleRate));
        Assert.Equal(Original.Length, decoded.Frames);
        Assert.InRange(Signal.SignalToNoise(Original, decoded.Samples), 80, double.MaxValue);
    }

    [Fact]
    public async Task Samples_of_24_bits_in_32_keep_their_level()
    {
        var wide = Original.SelectMany(sample => Word((uint)(int)(sample * 8_388_607) << 8)).ToArray();

        var decoded = await Recording.Decode(Riff(Format(1, 1, Rate, 24, 4), Chunk("data", wide)));

        Assert.Equal("pcm32", decoded.Format.Codec);
        Assert.InRange(Signal.SignalToNoise(Original, decoded.Samples), 100, double.MaxValue);
    }

    [Fact]
    public async Task A_last_block_that_is_not_whole_is_left_out()
    {
        var whole = Written.File(Written.Wave | 0x20, Original, 1, Rate);

        var decoded = await Recording.Decode(whole[..^10]);

        Assert.Equal((await Recording.Decode(whole)).Frames - 320, decoded.Frames);
    }

    [Theory]
    [InlineData(1, 8, 1)]
    [InlineData(6, 8, 3)]
    [InlineData(1, 24, 1)]
    public async Task Sound_of_odd_length_has_no_frame_more_than_it_holds(int tag, int bits, int channels)
    {
        var file = Riff(Format(tag, channels, Rate, bits), Chunk("data", new byte[1_001 * channels * bits / 8]));

        Assert.Equal(1_001, (await Recording.Decode(file)).Frames);
        Assert.Equal(1_001, (await Recording.Decode([.. file, .. List])).Frames);
    }

    [Fact]
    public async Task What_a_fact_chunk_says_is_not_believed()
    {
        var decoded = await Recording.Decode(Riff(Format(7, 1, Rate, 8), Chunk("fact", Word(3)), Chunk("data", new byte[Rate])));

        Assert.Equal(Rate, decoded.Frames);
    }

    [Theory]
    [InlineData(0x55)]
    [InlineData(0x50)]
    public async Task Mpeg_in_wave_is_read_as_mpeg(int tag)
    {
        var stereo = Signal.Tones(44_100, 2, 44_100);
        var mpeg = Written.File(Written.Mpeg | 0x82, stereo, 2, 44_100);

        var decoded = await Recording.Decode(Riff(Format(tag, 2, 44_100, 0, 1, [.. Half(12), .. new byte[12]]), Chunk("data", mpeg), List));

        Assert.Equal(new SoundFormat("wave", "mpeg3", 2, 44_100), decoded.Format);
        Assert.Equal(stereo.Length, decoded.Samples.Length);
    }

    private static byte[] Ds64(long dataSize) => Chunk("ds64", [.. Long(0), .. Long(dataSize), .. Long(0), .. Word(0)]);

    private static byte[] Extensible(int tag, int bits) => Format(0xFFFE, 1, Rate, bits, null,
        [.. Half(22), .. Half(bits), .. Word(4), .. Half(tag), 0, 0, 0, 0, 0x10, 0, 0x80, 0, 0, 0xAA, 0, 0x38, 0x9B, 0x71]);
}
