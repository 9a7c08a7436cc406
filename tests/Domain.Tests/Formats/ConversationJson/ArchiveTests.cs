using System.Buffers.Binary;
using System.Formats.Tar;
using System.IO.Compression;
using System.Text;
using QualityIngest.Domain.Formats;
using static QualityIngest.Domain.Tests.Formats.Conversations;
using static QualityIngest.Domain.Tests.Formats.Packing;

namespace QualityIngest.Domain.Tests.Formats;

public sealed class ArchiveTests
{
    private static readonly (string Name, string Text)[] Files =
    [
        ("2025/01/a.json", Array(Small("a1"), "7", Small("a2"))),
        ("b.JSONL", $"{Small("b1")}\n{Small("b2")}\n"),
        ("größe/c.ndjson", Small("c1")),
    ];

    private static readonly string[] Told = ["1 a1", "2 wrong_type", "3 a2", "4 b1", "5 b2", "6 c1"];

    public static TheoryData<string, byte[]> Archives => new()
    {
        { "f.zip", Zip(Files) },
        { "f.zip", Zip(CompressionLevel.NoCompression, Files) },
        { "f.zip", [.. "#!/bin/sh\n"u8, .. Zip(Files)] },
        { "f.tgz", Tgz(Files) },
        { "f.tar.gz", Gzip(Tar(TarEntryFormat.Gnu, Files)) },
        { "f.tar.gz", Gzip(Tar(TarEntryFormat.Ustar, Files)) },
        { "f.tar.gz", Gzip(Tar(TarEntryFormat.V7, Files)) },
        { "f.tar.gz", Gzip([.. Tar(TarEntryFormat.Pax, Files[0]), .. Tar(TarEntryFormat.Gnu, Files[1..])]) },
        { "f.tar.gz", [.. Gzip(Tar(TarEntryFormat.Pax, Files)[..700]), .. Gzip(Tar(TarEntryFormat.Pax, Files)[700..])] },
        { "f.tar.gz", [.. Tgz(Files), .. new byte[1_000]] },
    };

    [Theory]
    [MemberData(nameof(Archives))]
    public async Task Members_are_read_in_their_order_and_counted_through(string name, byte[] archive)
    {
        var items = await Read(new ForwardOnly(archive), name);

        Assert.Equal(Told, Conversations.Told(items));
        Assert.Equal(new FormatPlace("2025/01/a.json", null, 1), items[1].Place);
        Assert.Equal(new FormatPlace("b.JSONL", 2, null), items[4].Place);
        Assert.Equal("größe/c.ndjson", items[5].Place!.Member);
    }

    [Theory]
    [InlineData("f.json.gz")]
    [InlineData("f.jsonl.GZ")]
    [InlineData("f.ndjson.gz")]
    public async Task One_file_may_be_compressed_by_itself(string name)
    {
        var items = await Read(Gzip(Small("a")), name);

        Assert.Equal(["1 a"], Conversations.Told(items));
        Assert.Null(items[0].Place?.Member);
    }

    [Fact]
    public async Task Compressed_parts_put_one_behind_the_other_are_one_file() =>
        Assert.Equal(["1 a", "2 b"], Conversations.Told(await Read([.. Gzip($"{Small("a")}\n"), .. Nothing, .. Gzip(Small("b"))], "f.jsonl.gz")));

    [Fact]
    public async Task A_header_with_everything_in_it_is_read()
    {
        var plain = Gzip(Small("a"));
        byte[] full = [0x1F, 0x8B, 8, 2 | 4 | 8 | 16, .. plain[4..10], 3, 0, 1, 2, 3, .. "name\0comment\0"u8, 9, 9, .. plain[10..]];

        Assert.Equal(["1 a"], Conversations.Told(await Read(full, "f.json.gz")));
    }

    [Fact]
    public async Task Long_names_are_read_in_each_form()
    {
        var name = $"{new string('d', 120)}/{new string('ü', 90)}/{new string('x', 200)}.json";

        foreach (var format in new[] { TarEntryFormat.Pax, TarEntryFormat.Gnu })
            Assert.Equal(name, Assert.Single(await Read(Gzip(Tar(format, (name, Small("a")))), "f.tgz")).Place!.Member);
        Assert.Equal(name, Assert.Single(await Read(Zip((name, Small("a"))), "f.zip")).Place!.Member);
    }

    [Fact]
    public async Task Folders_and_litter_are_passed_over_and_other_files_are_told()
    {
        (string, string)[] files = [("__MACOSX/._a.json", "x"), ("x/._a.json", "x"), (".DS_Store", "x"), ("a.json", Small("a")), ("README.txt", "x"), ("b.csv", "x")];
        var zip = ZipOf(zip =>
        {
            zip.CreateEntry("x/");
            foreach (var (name, text) in files)
            {
                using var entry = zip.CreateEntry(name).Open();
                entry.Write(Bytes(text));
            }
        });
        var tar = TarOf(TarEntryFormat.Pax, [new PaxTarEntry(TarEntryType.Directory, "x/"), .. files.Select(file => Entry(TarEntryFormat.Pax, file.Item1, file.Item2))]);

        foreach (var items in new[] { await Read(zip, "f.zip"), await Read(Gzip(tar), "f.tgz") })
        {
            Assert.Equal(["1 a", "2 member_unsupported", "3 member_unsupported"], Conversations.Told(items));
            Assert.Equal("README.txt", items[1].Place!.Member);
        }
    }

    [Theory]
    [InlineData("a.zip", "archive_nested")]
    [InlineData("a.json.gz", "archive_nested")]
    [InlineData("a.tar", "archive_nested")]
    [InlineData("/etc/a.json", "member_path")]
    [InlineData("../a.json", "member_path")]
    [InlineData("x/../../a.json", "member_path")]
    [InlineData("x\\..\\a.json", "member_path")]
    [InlineData("C:a.json", "member_path")]
    public async Task A_member_that_leads_elsewhere_is_refused_and_the_rest_goes_on(string name, string code)
    {
        foreach (var items in new[] { await Read(Zip((name, Small("x")), ("b.json", Small("b"))), "f.zip"), await Read(Tgz((name, Small("x")), ("b.json", Small("b"))), "f.tgz") })
        {
            Assert.Equal([$"1 {code}", "2 b"], Conversations.Told(items));
            Assert.Equal(name, items[0].Place!.Member);
        }
    }

    [Fact]
    public async Task Links_and_devices_are_refused_and_the_rest_goes_on()
    {
        var tar = TarOf(
            TarEntryFormat.Gnu,
            Entry(TarEntryFormat.Gnu, "s.json", "/etc/passwd", TarEntryType.SymbolicLink),
            Entry(TarEntryFormat.Gnu, "h.json", "b.json", TarEntryType.HardLink),
            Entry(TarEntryFormat.Gnu, "f.json", "", TarEntryType.Fifo),
            Entry(TarEntryFormat.Gnu, "b.json", Small("b")));
        var zip = ZipOf(zip =>
        {
            var link = zip.CreateEntry("s.json");
            link.ExternalAttributes = 0xA1FF << 16;
            using (var target = link.Open()) target.Write("/etc/passwd"u8);
            using var entry = zip.CreateEntry("b.json").Open();
            entry.Write(Bytes(Small("b")));
        });

        Assert.Equal(["1 member_link", "2 member_link", "3 member_unsupported", "4 b"], Conversations.Told(await Read(Gzip(tar), "f.tgz")));
        Assert.Equal(["1 member_link", "2 b"], Conversations.Told(await Read(zip, "f.zip")));
    }

    [Theory]
    [InlineData(8, 0x01, "member_encrypted")]
    [InlineData(8, 0x40, "member_encrypted")]
    [InlineData(10, 99, "member_encrypted")]
    [InlineData(10, 9, "member_unsupported")]
    [InlineData(10, 93, "member_unsupported")]
    [InlineData(16, 0x55, "archive_damaged")]
    [InlineData(20, 0x05, "archive_damaged")]
    [InlineData(24, 0x05, "archive_damaged")]
    [InlineData(24, 0x7F, "archive_damaged")]
    [InlineData(42, 0x05, "archive_damaged")]
    public async Task What_a_zip_s_directory_says_of_a_member_is_held_against_it(int at, byte value, string code)
    {
        var first = true;
        var zip = Entries(Zip(("a.json", Small("a")), ("b.json", Small("b"))), entry =>
        {
            if (first) entry[at] = value;
            first = false;
        });

        var items = Conversations.Told(await Read(zip, "f.zip"));

        // A conversation may be whole before the end of its member shows that the member is not.
        Assert.Equal(["b"], items.Where(item => !item.EndsWith(" a", StringComparison.Ordinal) && !item.EndsWith(code, StringComparison.Ordinal)).Select(item => item.Split(' ')[1]));
        Assert.Contains(items, item => item.EndsWith(code, StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_zip_that_is_encrypted_with_AES_is_refused()
    {
        var zip = ZipOf(zip =>
        {
            using var entry = zip.CreateEntry("a.json").Open();
            entry.Write(Bytes(Small("a")));
        });
        var changed = Entries(zip, entry => BinaryPrimitives.WriteUInt16LittleEndian(entry[10..], 99));

        Assert.Equal(["1 member_encrypted"], Conversations.Told(await Read(changed, "f.zip")));
    }

    [Fact]
    public async Task Every_member_that_the_end_of_a_zip_counts_is_there()
    {
        var zip = Zip(("a.json", Small("a")), ("b.json", Small("b")));
        zip[^12] = 3;

        Assert.Equal(["1 a", "2 b", "3 end archive_damaged"], Conversations.Told(await Read(zip, "f.zip")));
    }

    [Theory]
    [InlineData("f.zip", "archive_damaged")]
    [InlineData("f.tgz", "archive_damaged")]
    [InlineData("f.json.gz", "archive_damaged")]
    public async Task A_file_that_is_no_archive_is_refused(string name, string code) =>
        Assert.Equal([$"1 end {code}"], Conversations.Told(await Read(Small("a"), name)));

    [Fact]
    public async Task A_compressed_file_that_is_no_tar_is_refused() =>
        Assert.Equal(["1 end archive_damaged"], Conversations.Told(await Read(Gzip(new string('x', 2_000)), "f.tgz")));

    [Theory]
    [InlineData("f.zip")]
    [InlineData("f.tgz")]
    public async Task An_archive_without_files_is_refused(string name) =>
        Assert.Equal(["1 end archive_empty"], Conversations.Told(await Read(name == "f.zip" ? ZipOf(zip => zip.CreateEntry("x/")) : Gzip(TarOf(TarEntryFormat.Pax, new PaxTarEntry(TarEntryType.Directory, "x/"))), name)));

    [Fact]
    public async Task A_truncated_archive_is_never_taken_for_whole()
    {
        foreach (var (name, bytes) in new[] { ("f.zip", Zip(Files)), ("f.tgz", Tgz(Files)), ("f.jsonl.gz", Gzip(Files[1].Text)) })
        {
            for (var length = 0; length < bytes.Length; length++)
            {
                var items = await Read(bytes[..length], name);
                Assert.True(items[^1] is FileError { Code: "archive_truncated" or "archive_damaged" or "archive_empty" }, $"{name} cut to {length}: {items[^1]}");
            }
        }
    }

    [Fact]
    public async Task Any_bit_flipped_in_compressed_bytes_is_told()
    {
        var whole = Gzip(Files[1].Text);
        for (var bit = 0; bit < whole.Length * 8; bit++)
        {
            // Time, flags of compression and the system that packed it say nothing.
            if (bit / 8 is >= 4 and < 10) continue;
            var spoiled = whole.ToArray();
            spoiled[bit / 8] ^= (byte)(1 << (bit % 8));
            var items = await Read(spoiled, "f.jsonl.gz");
            Assert.True(items[^1] is FileError || (bit / 8 == 3 && items.Count == 2), $"bit {bit}: {items[^1]}");
        }
    }

    [Theory]
    [InlineData("garbage")]
    [InlineData("\0\0\0garbage")]
    public async Task Bytes_behind_the_compressed_ones_are_told(string more) =>
        Assert.Equal(["1 a", "2 end archive_damaged"], Conversations.Told(await Read([.. Gzip(Small("a")), .. Encoding.UTF8.GetBytes(more)], "f.json.gz")));

    [Fact]
    public async Task A_broken_document_costs_its_member_alone()
    {
        (string, string)[] files = [("a.json", $"[{Small("a")},{{\"a\":1 2}},{Small("x")}]"), ("b.json", ""), ("c.json", Small("c"))];

        foreach (var items in new[] { await Read(Zip(files), "f.zip"), await Read(Tgz(files), "f.tgz") })
        {
            Assert.Equal(["1 a", "2 json_invalid", "3 json_invalid", "4 empty_file", "5 c"], Conversations.Told(items));
            Assert.Equal(new FormatPlace("a.json", null, 1), items[2].Place);
        }
    }

    /// <summary>As a body from the network: no length, no seeking, and never more than asked for.</summary>
    private sealed class ForwardOnly(byte[] bytes) : MemoryStream(bytes)
    {
        public override bool CanSeek => false;

        public override long Length => throw new NotSupportedException();

        public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) =>
            new(base.Read(buffer.Span[..Math.Min(buffer.Length, 1_000)]));
    }
}
