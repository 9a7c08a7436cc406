using System.Buffers.Binary;
using QualityIngest.Audio.Tests.Kit;

namespace QualityIngest.Audio.Tests.Files;

/// <summary>MPEG streams as they come: tags around them, junk in them, and numbers that are not true.</summary>
public sealed class MpegFileTests
{
    private const int Rate = 44_100;
    private static readonly float[] Original = Signal.Tones(2 * Rate, 2, Rate);
    private static readonly byte[] Constant = Written.File(Written.Mpeg | 0x82, Original, 2, Rate, 0);
    private static readonly byte[] Variable = Written.File(Written.Mpeg | 0x82, Original, 2, Rate, 2);

    private static readonly Dictionary<string, byte[]> Tagged = new()
    {
        { "a tag before", [.. Id3(500), .. Constant] },
        { "a large tag before", [.. Id3(3_000_000), .. Constant] },
        { "two tags before", [.. Id3(100), .. Id3(1_000), .. Constant] },
        { "a tag whose padding it does not count", [.. Id3(100), .. new byte[4_000], .. Constant] },
        { "a tag with a footer", [.. Id3(100, 0x10), .. new byte[10], .. Constant] },
        { "a tag behind", [.. Constant, .. "TAG"u8, .. new byte[125]] },
        { "tags on both sides", [.. Id3(2_000), .. Variable, .. "TAG"u8, .. new byte[125]] },
        { "another tag behind", [.. Variable, .. "APETAGEX"u8, .. new byte[5_000]] },
    };

    public static TheoryData<string> Names => [.. Tagged.Keys];

    [Theory]
    [MemberData(nameof(Names))]
    public async Task Tags_are_no_sound(string what)
    {
        var decoded = await Recording.Decode(Tagged[what]);

        Assert.Equal(Original.Length, decoded.Samples.Length);
        Assert.InRange(Signal.SignalToNoise(Original, decoded.Samples), 15, double.MaxValue);
    }

    [Theory]
    [InlineData(1u)]
    [InlineData(100_000_000u)]
    public async Task How_many_frames_it_says_it_has_is_not_believed(uint frames)
    {
        var file = Variable.ToArray();
        BinaryPrimitives.WriteUInt32BigEndian(file.AsSpan(file.AsSpan().IndexOf("Xing"u8) + 8), frames);

        var decoded = await Recording.Decode(file);

        Assert.Equal(Original.Length, decoded.Samples.Length);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_stream_that_does_not_say_how_long_it_is_is_decoded_to_its_end(bool variable)
    {
        var file = WithoutInfo(variable ? Variable : Constant);

        var decoded = await Recording.Decode(file);

        // The encoder's own samples at both ends are told apart by nothing here.
        Assert.InRange(decoded.Frames, Original.Length / 2, (Original.Length / 2) + (4 * 1152));
    }

    [Fact]
    public async Task Two_streams_one_after_the_other_are_one()
    {
        byte[] file = [.. Constant, .. Constant];

        var decoded = await Recording.Decode(file);

        Assert.InRange(decoded.Frames, Original.Length, Original.Length + (6 * 1152));
    }

    [Fact]
    public async Task A_stream_that_was_cut_is_decoded_to_where_it_ends()
    {
        var decoded = await Recording.Decode(Constant[..(Constant.Length / 2)]);

        Assert.InRange(decoded.Frames, Original.Length / 4 * 0.9, Original.Length / 4 * 1.1);
    }

    [Fact]
    public async Task Junk_in_the_middle_costs_only_what_it_replaces()
    {
        var file = Constant.ToArray();
        file.AsSpan(file.Length / 2, 2_000).Clear();

        var decoded = await Recording.Decode(file);

        Assert.InRange(decoded.Frames, (Original.Length / 2) - (8 * 1152), Original.Length / 2);
    }

    [Theory]
    [InlineData(0xFFFD_1000u, 2, 32_000 + 12_100, 2)] // MPEG 1 layer II, stereo, 32 kbit/s
    [InlineData(0xFFFD_84C0u, 2, 48_000, 1)] // mono, 160 kbit/s
    [InlineData(0xFFFF_9000u, 1, 44_100, 2)] // layer I
    [InlineData(0xFFF5_40C0u, 2, 22_050, 1)] // MPEG 2 layer II, mono
    public async Task Layers_I_and_II_are_decoded_to_their_end(uint header, int layer, int rate, int channels)
    {
        Assert.True(MpegFrame.TryRead(header, out var frame));
        var bytes = new byte[frame.Bytes];
        BinaryPrimitives.WriteUInt32BigEndian(bytes, header);

        var decoded = await Recording.Decode([.. Enumerable.Repeat(bytes, 100).SelectMany(one => one)]);

        Assert.Equal(new SoundFormat("mpeg", $"mpeg{layer}", channels, rate), decoded.Format);
        Assert.Equal(100 * frame.Samples, decoded.Frames);
        Assert.All(decoded.Samples, sample => Assert.Equal(0, sample, 6));
    }

    [Fact]
    public async Task Frames_of_growing_size_in_layer_II_are_decoded_to_their_end()
    {
        var file = new List<byte>();
        for (var i = 0; i < 90; i++)
        {
            Assert.True(MpegFrame.TryRead(0xFFFD_00C0u | (uint)((14 - (i / 9)) << 12), out var frame));
            var bytes = new byte[frame.Bytes];
            BinaryPrimitives.WriteUInt32BigEndian(bytes, frame.Header);
            file.AddRange(bytes);
        }

        var decoded = await Recording.Decode([.. file]);

        Assert.Equal(90 * 1152, decoded.Frames);
    }

    private static byte[] Id3(int size, byte flags = 0) =>
        [.. "ID3"u8, 4, 0, flags, (byte)(size >> 21), (byte)((size >> 14) & 0x7F), (byte)((size >> 7) & 0x7F), (byte)(size & 0x7F), .. new byte[size]];

    private static byte[] WithoutInfo(byte[] file)
    {
        Assert.True(MpegFrame.TryRead(BinaryPrimitives.ReadUInt32BigEndian(file), out var first));
        return file[first.Bytes..];
    }
}
