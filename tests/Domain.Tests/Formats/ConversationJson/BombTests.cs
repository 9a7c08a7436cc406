using System.Diagnostics;
using System.Formats.Tar;
using System.IO.Compression;
using QualityIngest.Domain.Formats;
using static QualityIngest.Domain.Tests.Formats.Conversations;
using static QualityIngest.Domain.Tests.Formats.Packing;

namespace QualityIngest.Domain.Tests.Formats;

/// <summary>Files that are made to exhaust who reads them. Each is refused after a bounded number of bytes, in bounded memory.</summary>
[Collection(nameof(BombTests))]
public sealed class BombTests
{
    private const long Gigabyte = 1L << 30;

    [Theory]
    [InlineData("bomb.json.gz", ' ', "archive_limit")]
    [InlineData("bomb.json.gz", '\0', "json_invalid")]
    [InlineData("bomb.jsonl.gz", '\0', "archive_limit")]
    [InlineData("bomb.tgz", '\0', "archive_limit")]
    public async Task Four_gigabytes_of_nothing_are_refused_after_a_few_kilobytes(string name, char nothing, string code)
    {
        // A part of 16 MiB takes 16 KiB; 256 of them are 4 GiB.
        var part = new byte[16 << 20];
        part.AsSpan().Fill((byte)nothing);
        if (name.EndsWith(".tgz", StringComparison.Ordinal)) TarHeader("a.json", 50 << 20, '0').CopyTo(part, 0);
        var bomb = new Repeated(Gzip(part), 256);

        var items = await Frugal(bomb, name);

        Assert.Equal(code, Assert.IsType<FileError>(items[^1]).Code);
        Assert.InRange(bomb.Delivered, 0, 128 << 10);
    }

    [Fact]
    public async Task A_ratio_within_the_bounds_is_read_and_the_total_is_kept()
    {
        var line = Bytes(Small("a").Replace("Hi", Convert.ToBase64String(RandomBytes(3_000)), StringComparison.Ordinal) + "\n");
        var text = new byte[line.Length * 8_000];
        for (var i = 0; i < 8_000; i++) line.CopyTo(text, i * line.Length);
        var options = new ConversationJsonOptions { Archives = new() { MemberBytes = 20 << 20, Ratio = 10_000 } };

        var items = await Frugal(new MemoryStream(Gzip(text)), "f.jsonl.gz", options);

        Assert.Equal("archive_limit", Assert.IsType<FileError>(items[^1]).Code);
        Assert.InRange(items.Count, (20 << 20) / line.Length - 20, (20 << 20) / line.Length + 2);
    }

    [Theory]
    [InlineData("f.zip")]
    [InlineData("f.tgz")]
    public async Task A_hundred_thousand_members_are_refused_at_the_ten_thousandth(string name)
    {
        var bytes = name == "f.zip"
            ? ZipOf(zip =>
            {
                for (var i = 0; i < 100_000; i++) zip.CreateEntry($"{i}.json", CompressionLevel.NoCompression);
            })
            : Gzip([.. Enumerable.Repeat(TarHeader("a.json", 0, '0'), 100_000).SelectMany(header => header)], CompressionLevel.Fastest);
        var options = new ConversationJsonOptions { Archives = new() { Ratio = 10_000 } };

        var items = await Frugal(new MemoryStream(bytes), name, options);

        Assert.Equal("archive_limit", Assert.IsType<FileError>(items[^1]).Code);
        Assert.Equal(10_001, items.Count);
        Assert.All(items.Take(10_000), item => Assert.Equal("empty_file", Assert.IsType<RejectedRow>(item).Errors[0].Code));
    }

    [Fact]
    public async Task A_zip_whose_members_expand_too_far_is_refused()
    {
        var zip = ZipOf(zip =>
        {
            for (var i = 0; i < 30; i++)
            {
                using var entry = zip.CreateEntry($"{i}.json").Open();
                entry.Write(Bytes(new string(' ', 1 << 20)));
            }
        });

        Assert.Equal(["1 empty_file", "2 end archive_limit"], Told(await Frugal(new MemoryStream(zip), "f.zip")));
    }

    [Fact]
    public async Task A_member_that_says_it_is_small_is_not_read_beyond_that()
    {
        var zip = Entries(
            ZipOf(zip =>
            {
                using var entry = zip.CreateEntry("a.json").Open();
                entry.Write(new byte[40 << 20]);
            }),
            entry => entry.Slice(24, 4).Clear());

        Assert.Equal(["1 archive_damaged"], Told(await Frugal(new MemoryStream(zip), "f.zip")));
    }

    [Fact]
    public async Task A_member_that_says_it_is_large_is_refused_unread()
    {
        var zip = Entries(Zip(("a.json", Small("a"))), entry => entry.Slice(24, 4).Fill(0xEE));
        var tar = Gzip([.. TarHeader("a.json", 2 << 20, '0'), .. RandomBytes(2 << 20)], CompressionLevel.NoCompression);
        var options = new ConversationJsonOptions { Archives = new() { MemberBytes = 1 << 20 } };

        Assert.Equal(["1 archive_limit"], Told(await Frugal(new MemoryStream(zip), "f.zip")));
        Assert.Equal(["1 archive_limit"], Told(await Frugal(new MemoryStream(tar), "f.tgz", options)));
    }

    [Theory]
    [InlineData('L')]
    [InlineData('x')]
    [InlineData('g')]
    [InlineData('K')]
    [InlineData('0')]
    public async Task Nothing_is_taken_from_the_size_that_a_header_of_a_tar_says(char type)
    {
        var before = GC.GetTotalAllocatedBytes();

        var items = await Read(Gzip([.. TarHeader("a.json", 8 * Gigabyte - 1, type), .. new byte[1_024]]), "f.tgz");

        var code = items[^1] is FileError error ? error.Code : ((RejectedRow)items[^1]).Errors[0].Code;
        Assert.Contains(code, new[] { "archive_limit", "archive_truncated" });
        Assert.InRange(GC.GetTotalAllocatedBytes() - before, 0, 16 << 20);
    }

    [Fact]
    public async Task A_zip_larger_than_may_be_stored_is_refused()
    {
        var endless = new Repeated(new byte[1 << 20], 4_096);

        Assert.Equal(["1 end file_too_large"], Told(await Frugal(endless, "f.zip")));
        Assert.InRange(endless.Delivered, 52_428_800, 53 << 20);
    }

    [Fact]
    public async Task Members_without_end_are_refused() =>
        Assert.Equal(["1 end archive_limit"], Told(await Frugal(new Repeated(Nothing, 200_000), "f.json.gz")));

    [Fact]
    public async Task Large_conversations_cost_no_more_memory_than_one_of_them()
    {
        var large = Bytes($"{Small("a").Replace("Hi", new string('x', 4 << 20), StringComparison.Ordinal)},");

        var items = await Frugal(new Framed("["u8.ToArray(), new Repeated(large, 25), Bytes($"{Small("b")}]")), "f.json", keep: false);

        Assert.Empty(items);
    }

    [Fact]
    public async Task Fifty_megabytes_in_one_array_take_no_more_memory_than_a_conversation()
    {
        var element = Bytes($"{With("\"conv-1\",\n", "\"conv-1\",")},");
        var array = new Framed("["u8.ToArray(), new Repeated(element, 40_000), Bytes($"{Small("b")}]"));
        var before = Collected();
        var (peak, read) = (0L, 0);

        await foreach (var item in ConversationJson.Read(array, "f.json", new()))
        {
            if (item is ValidRow && ++read % 10_000 == 0) peak = Math.Max(peak, Collected() - before);
        }

        Assert.Equal(40_001, read);
        Assert.InRange(peak, long.MinValue, 4 << 20);
    }

    /// <summary>Reads, and holds what it takes against a bound.</summary>
    private static async Task<List<FormatItem>> Frugal(Stream stream, string name, ConversationJsonOptions? options = null, bool keep = true)
    {
        var before = Collected();
        var peak = before;
        var items = new List<FormatItem>();
        var clock = Stopwatch.StartNew();
        using var process = new PeakOfProcess();
        await foreach (var item in ConversationJson.Read(stream, name, options ?? new()))
        {
            if (keep) items.Add(item is ValidRow row ? new ValidRow(row.Conversation with { Transcribed = null }) : item);
            if (!keep || items.Count % 1_000 == 1) peak = Math.Max(peak, GC.GetTotalMemory(forceFullCollection: false));
        }
        Assert.InRange(peak - before, long.MinValue, 250L << 20);
        Assert.InRange(process.Grown(), long.MinValue, 300L << 20);
        Assert.InRange(Collected() - before, long.MinValue, 32L << 20);
        Assert.InRange(clock.Elapsed.TotalSeconds, 0, 60);
        return items;
    }

    private static long Collected() => GC.GetTotalMemory(forceFullCollection: true);

    private static byte[] RandomBytes(int count)
    {
        var bytes = new byte[count];
        new Random(1).NextBytes(bytes);
        return bytes;
    }

    /// <summary>By how much the process's memory, native parts and what is not collected yet included, has grown at its highest.</summary>
    private sealed class PeakOfProcess : IDisposable
    {
        private readonly long _before = Environment.WorkingSet;
        private readonly Timer _sampler;
        private long _peak;

        public PeakOfProcess() => _sampler = new(_ => Look(), null, TimeSpan.Zero, TimeSpan.FromMilliseconds(5));

        public long Grown()
        {
            Look();
            return Interlocked.Read(ref _peak) - _before;
        }

        public void Dispose() => _sampler.Dispose();

        private void Look()
        {
            var now = Environment.WorkingSet;
            for (var seen = Interlocked.Read(ref _peak); now > seen; seen = Interlocked.Read(ref _peak))
                Interlocked.CompareExchange(ref _peak, now, seen);
        }
    }

    /// <summary>The same bytes over and over, counted.</summary>
    private sealed class Repeated(byte[] bytes, int times) : MemoryStream
    {
        private long _position;

        public long Delivered => _position;

        public override bool CanSeek => false;

        public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
        {
            var left = (long)bytes.Length * times - _position;
            var at = (int)(_position % bytes.Length);
            var count = (int)Math.Min(Math.Min(buffer.Length, bytes.Length - at), left);
            bytes.AsSpan(at, count).CopyTo(buffer.Span);
            _position += count;
            return new(count);
        }
    }

    private sealed class Framed(byte[] start, Stream middle, byte[] end) : MemoryStream
    {
        private readonly Queue<Stream> _parts = new([new MemoryStream(start), middle, new MemoryStream(end)]);

        public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
        {
            while (_parts.TryPeek(out var part))
            {
                var read = await part.ReadAsync(buffer, cancellationToken);
                if (read > 0) return read;
                _parts.Dequeue();
            }
            return 0;
        }
    }
}

/// <summary>Memory is measured by the process: nothing else runs meanwhile.</summary>
[CollectionDefinition(nameof(BombTests), DisableParallelization = true)]
public sealed class BombCollection;
