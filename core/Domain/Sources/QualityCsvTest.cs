using System.Collections.Concurrent;
using QualityIngest.Domain.Formats;

namespace QualityIngest.Domain.Sources;

/// <summary>The part of a connection test that knows quality-csv: <c>test.csv</c> of every path, and what its rows refer to.</summary>
internal sealed class QualityCsvTest(S3Source source, LocatorReader locators, SourceOptions options, QualityCsvOptions csv)
{
    private const string FileName = "test.csv";

    private readonly List<ConnectionCheckDetail> missing = [];
    private readonly List<ConnectionCheckDetail> unreadable = [];
    private readonly List<ConnectionCheckDetail> faulty = [];
    private readonly List<ConnectionCheckDetail> empty = [];
    private readonly List<Reference> references = [];
    private long rows;
    private long rejected;

    private sealed record Reference(string File, long Line, string Field, LocatorTarget Target);

    public async Task Run(ConnectionChecks checks, CancellationToken cancellation)
    {
        foreach (var path in source.Paths)
        {
            try
            {
                await Read(path, cancellation);
            }
            catch (SourceException exception)
            {
                checks.Fail(ConnectionCheckName.FilePathAccess, exception.Failure, path.Path.Stored + FileName);
                return;
            }
        }

        if (await Touch(cancellation) is { } failed)
        {
            checks.Fail(
                ConnectionCheckName.FilePathAccess, failed.First.Code,
                $"{failed.Details.Count} of the {references.Count} files that {FileName} refers to and that were tried cannot be read.",
                failed.First.Resolution, failed.Details);
            return;
        }

        checks.Pass(ConnectionCheckName.FilePathAccess, references.Count == 0
            ? "The bucket is accessible."
            : $"The bucket is accessible, and so are the {references.Count} files tried that {FileName} refers to.");
        if (Format(checks))
            Metadata(checks);
    }

    private async Task Read(ConfiguredPath path, CancellationToken cancellation)
    {
        var file = path.Path.Stored + FileName;
        SourceObject opened;
        try
        {
            opened = await source.Open(path.Path.Bucket, path.Path.Prefix + FileName, null, null, cancellation);
        }
        catch (SourceException exception) when (exception.Failure.Code == S3Failures.ObjectMissing.Code)
        {
            missing.Add(new(file, null, null, "test_file_missing", "The file does not exist."));
            return;
        }

        var before = rows;
        var broken = unreadable.Count;
        await using (opened)
        {
            await foreach (var item in QualityCsv.Read(opened.Body, csv with { ExpectedChannel = path.Channel }, cancellation))
                Note(item, file, path.Path);
        }

        if (rows == before && unreadable.Count == broken)
            empty.Add(new(file, null, null, "test_file_empty", "The file has no rows."));
    }

    private void Note(FormatItem item, string file, S3Path path)
    {
        switch (item)
        {
            case FileError error:
                unreadable.Add(new(file, error.Line, error.Field, error.Code, error.Message));
                break;
            case RejectedRow row:
                rows++;
                rejected++;
                faulty.AddRange(row.Errors.Where(_ => faulty.Count < 1000).Select(error => new ConnectionCheckDetail(file, row.Line, error.Field, error.Code, error.Message)));
                break;
            case ValidRow { Conversation: var conversation }:
                rows++;
                Refer(conversation.Transcript, conversation.Channel == Channel.Chat ? "chatScriptUrl" : "transcriptUrl");
                Refer(conversation.Recording, "recordingUrl");
                Refer(conversation.AgentRecording, "agentRecordings");
                Refer(conversation.CustomerRecording, "customerRecordings");
                break;
        }

        void Refer(string? locator, string field)
        {
            if (locator is null || references.Count >= options.TestLocators)
                return;
            var target = Locator.Resolve(locator, source.Access.Settings, path);
            if (references.All(known => !Same(known.Target, target)))
                references.Add(new(file, item.Line, field, target));
        }
    }

    private async Task<(SourceFailure First, List<ConnectionCheckDetail> Details)?> Touch(CancellationToken cancellation)
    {
        var failures = new ConcurrentDictionary<Reference, SourceFailure>();
        var parallel = new ParallelOptions { MaxDegreeOfParallelism = options.TestParallelism, CancellationToken = cancellation };
        await Parallel.ForEachAsync(references, parallel, async (reference, cancel) =>
        {
            try
            {
                await locators.Touch(source, reference.Target, cancel);
            }
            catch (SourceException exception)
            {
                failures[reference] = exception.Failure;
            }
        });
        var ordered = references.Where(failures.ContainsKey).ToList();
        return ordered.Count == 0
            ? null
            : (failures[ordered[0]], [.. ordered.Select(at => new ConnectionCheckDetail(at.File, at.Line, at.Field, failures[at].Code, failures[at].Message))]);
    }

    private bool Format(ConnectionChecks checks)
    {
        if (missing.Count + unreadable.Count == 0)
        {
            checks.Pass(ConnectionCheckName.FileFormat, "CSV format validated.");
            return true;
        }

        List<ConnectionCheckDetail> details = [.. missing, .. unreadable];
        checks.Fail(
            ConnectionCheckName.FileFormat, details[0].Code,
            missing.Count > 0 ? $"There is no {FileName}." : $"{FileName} cannot be read to its end.",
            missing.Count > 0
                ? $"Put a {FileName} with sample rows into every configured path."
                : $"Correct {FileName} at the line given: UTF-8, commas, and a header with the documented columns.",
            details);
        return false;
    }

    private void Metadata(ConnectionChecks checks)
    {
        List<ConnectionCheckDetail> details = [.. faulty, .. empty];
        if (details.Count == 0)
            checks.Pass(ConnectionCheckName.MetadataValidation, $"Required fields confirmed in {rows} rows.");
        else
            checks.Fail(
                ConnectionCheckName.MetadataValidation, details[0].Code,
                rejected > 0 ? $"{rejected} of {rows} rows are faulty." : $"{FileName} has no rows.",
                rejected > 0 ? "Correct the rows at the lines given." : $"Put at least one sample row into {FileName}.",
                details);
    }

    private static bool Same(LocatorTarget left, LocatorTarget right) =>
        left is BucketObjects a && right is BucketObjects b ? a.Candidates.SequenceEqual(b.Candidates) : left == right;
}
