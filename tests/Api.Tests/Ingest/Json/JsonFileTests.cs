using System.Formats.Tar;
using System.IO.Compression;
using System.Text;
using QualityIngest.Client;

namespace QualityIngest.Api.Tests.Ingest.Json;

/// <summary>The kinds of files that a bucket may hold, from the store to the ledger.</summary>
[Collection(JsonCollection.Name)]
public sealed class JsonFileTests(JsonHost host)
{
    [SkippableFact]
    public async Task Files_of_every_kind_are_ingested_and_others_are_none()
    {
        var bucket = await host.ArrangeJsonReady();
        await bucket.S3.Put(bucket.Bucket, "calls/single.json", Chat.Of("one"));
        await bucket.S3.Put(bucket.Bucket, "calls/lines.ndjson", Chat.Lines(Chat.Of("ndjson")));
        await Put(bucket, "packed.json.gz", Gzip(Chat.Array(Chat.Of("gz-1"), Chat.Of("gz-2"))));
        await Put(bucket, "lines.JSONL.GZ", Gzip(Chat.Lines(Chat.Of("lgz-1"), "{", Chat.Of("lgz-3"))));
        await Put(bucket, "day.zip", Zip(("a.json", Chat.Array(Chat.Of("z-1"))), ("sub/b.jsonl", Chat.Lines("7", Chat.Of("z-2")))));
        await Put(bucket, "day.tar.gz", Tgz(("a.json", Chat.Of("t-1")), ("inner.zip", "x"), ("b.jsonl", Chat.Of("t-2"))));
        await bucket.S3.Put(bucket.Bucket, "calls/readme.txt", "No conversations.");

        await bucket.Ingest();

        (await bucket.File("single.json")).Is(FileStatus.Ingested, accepted: 1);
        (await bucket.File("lines.ndjson")).Is(FileStatus.Ingested, accepted: 1);
        (await bucket.File("packed.json.gz")).Is(FileStatus.Ingested, accepted: 2);
        (await bucket.File("lines.JSONL.GZ")).Is(FileStatus.PartiallyIngested, accepted: 2, rejected: 1);
        (await bucket.File("day.zip")).Is(FileStatus.PartiallyIngested, accepted: 2, rejected: 1);
        (await bucket.File("day.tar.gz")).Is(FileStatus.PartiallyIngested, accepted: 2, rejected: 1);
        Assert.Equal(6, (await bucket.Client.ListFilesAsync()).Items.Count);
        Assert.Equal((null, 2, "json_truncated"), await Refused(bucket, "lines.JSONL.GZ"));
        Assert.Equal(("sub/b.jsonl", 1, "wrong_type"), await Refused(bucket, "day.zip"));
        Assert.Equal(("inner.zip", null, "archive_nested"), await Refused(bucket, "day.tar.gz"));
        var member = await bucket.Conversation("z-2");
        Assert.Equal((ConversationStatus.Completed, "sub/b.jsonl", 2), (member.Status, member.Place!.Member, member.Place.Line));
    }

    [SkippableFact]
    public async Task What_ends_a_file_is_told_with_its_place_and_no_line_that_is_none()
    {
        var bucket = await host.ArrangeJsonReady();
        await bucket.S3.Put(bucket.Bucket, "calls/cut.json", $"[{Chat.Of("c-1")},\n{Chat.Of("c-2")},\n");
        await bucket.S3.Put(bucket.Bucket, "calls/two.json", Chat.Of("c-3") + "\n" + Chat.Of("c-4"));
        await bucket.S3.Put(bucket.Bucket, "calls/blank.json", " \n");
        var packed = Zip(("a.json", Chat.Of("c-5")));
        await Put(bucket, "cut.zip", packed[..^9]);

        await bucket.Ingest();

        Assert.Equal(("json_truncated", 2, "At element 1: The document ends before its array does."), await Failed(bucket, "cut.json"));
        Assert.Equal(
            ("json_invalid", 1, "Something follows the document; files of one conversation a line are named .jsonl or .ndjson: line 2, byte 1."),
            await Failed(bucket, "two.json"));
        Assert.Equal(("empty_file", 0, "The document is empty."), await Failed(bucket, "blank.json"));
        var (code, accepted, detail) = await Failed(bucket, "cut.zip");
        Assert.Equal(("archive_truncated", 0), (code, accepted));
        Assert.DoesNotContain("ine 1", detail, StringComparison.Ordinal);
    }

    private static Task<string> Put(Arranged bucket, string name, byte[] content) => bucket.S3.Put(bucket.Bucket, $"calls/{name}", content);

    private static async Task<(string? Member, long? Line, string Code)> Refused(Arranged bucket, string name)
    {
        var refused = Assert.Single((await bucket.Client.ListRejectionsAsync((await bucket.File(name)).Id)).Items);
        return (refused.Place!.Member, refused.Place.Line, refused.Code);
    }

    private static async Task<(string Code, long Accepted, string Detail)> Failed(Arranged bucket, string name)
    {
        var file = await bucket.File(name);
        Assert.Equal(FileStatus.Failed, file.Status);
        return (file.ErrorCode!, file.Counts?.Accepted ?? 0, file.ErrorDetail!);
    }

    private static byte[] Gzip(string text)
    {
        using var packed = new MemoryStream();
        using (var gzip = new GZipStream(packed, CompressionLevel.Fastest))
            gzip.Write(Encoding.UTF8.GetBytes(text));
        return packed.ToArray();
    }

    private static byte[] Zip(params (string Name, string Text)[] files)
    {
        using var packed = new MemoryStream();
        using (var zip = new ZipArchive(packed, ZipArchiveMode.Create))
        {
            foreach (var (name, text) in files)
            {
                using var entry = zip.CreateEntry(name).Open();
                entry.Write(Encoding.UTF8.GetBytes(text));
            }
        }
        return packed.ToArray();
    }

    private static byte[] Tgz(params (string Name, string Text)[] files)
    {
        using var packed = new MemoryStream();
        using (var gzip = new GZipStream(packed, CompressionLevel.Fastest))
        using (var tar = new TarWriter(gzip))
        {
            foreach (var (name, text) in files)
                tar.WriteEntry(new PaxTarEntry(TarEntryType.RegularFile, name) { DataStream = new MemoryStream(Encoding.UTF8.GetBytes(text)) });
        }
        return packed.ToArray();
    }
}
