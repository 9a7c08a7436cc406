using Microsoft.Extensions.Options;
using QualityIngest.Domain.Feeds;
using QualityIngest.Domain.Formats;

namespace QualityIngest.Domain.Sources;

/// <summary>Tests a connector's settings, saved or not.</summary>
public sealed class ConnectionTest(
    S3Sources sources, LocatorReader locators, FileFormats formats, IOptions<SourceOptions> options, IOptions<QualityCsvOptions> csv)
{
    /// <summary>
    /// Makes the five checks of <c>formats.md</c>, Connection test, and lists one key a path, or one page where the newest file
    /// is looked at. It never throws for what a connector may get wrong.
    /// </summary>
    /// <param name="format">The connector's format, e.g. <c>quality-csv</c>.</param>
    /// <param name="feeds">How it reads feeds; null: the format is another.</param>
    /// <param name="access">The settings and secrets to test.</param>
    /// <param name="cancellation">Ends the test.</param>
    public async Task<ConnectionTestReport> Run(string format, FeedSettings? feeds, SourceAccess access, CancellationToken cancellation)
    {
        var checks = new ConnectionChecks();
        if (PathFault(access.Settings.Paths) is { } fault)
        {
            checks.Fail(ConnectionCheckName.FilePathAccess, fault.Code, fault.Message, "Enter the path like s3://bucket/prefix/.");
            return checks.Report();
        }

        var source = sources.Open(access);
        var hasTestFile = format == FormatNames.QualityCsv;
        if (await Authenticate(source, checks, cancellation) && await ListPaths(source, hasTestFile, checks, cancellation) is { } pages)
        {
            if (hasTestFile)
                await new QualityCsvTest(source, locators, options.Value, csv.Value).Run(checks, cancellation);
            else if (feeds is not null)
                await new FeedTest(source, feeds).Run(pages[0], checks, cancellation);
            else
                await new FirstRecordTest(source, formats[format]).Run(pages[0], checks, cancellation);
        }

        return checks.Report();
    }

    private static async Task<bool> Authenticate(S3Source source, ConnectionChecks checks, CancellationToken cancellation)
    {
        if (source.Access.Settings.Credentials is not IamRoleCredentials)
        {
            checks.Skip(ConnectionCheckName.IamRoleAssumption, "No role is configured.");
            return true;
        }

        try
        {
            await source.Authenticate(cancellation);
            checks.Pass(ConnectionCheckName.IamRoleAssumption, "Role assumed successfully.");
            return true;
        }
        catch (SourceException exception)
        {
            checks.Fail(ConnectionCheckName.IamRoleAssumption, exception.Failure);
            return false;
        }
    }

    /// <summary>A page of each path, or null where one cannot be listed, or holds nothing and has to hold a test file.</summary>
    private static async Task<List<ListingPage>?> ListPaths(
        S3Source source, bool hasTestFile, ConnectionChecks checks, CancellationToken cancellation)
    {
        var authenticated = false;
        var pages = new List<ListingPage>();
        foreach (var (path, _) in source.Paths)
        {
            try
            {
                // After the prefix itself, so that a folder's empty placeholder does not pass for content.
                var page = await source.List(
                    path.Bucket, path.Prefix, path.Prefix.Length == 0 ? null : path.Prefix, hasTestFile ? 1 : FirstRecord.PageKeys,
                    cancellation);
                Accept();
                var from = source.Access.Settings.IngestFrom;
                checks.Preview.Add(new(path.Stored, page.Objects.Count, page.Objects.Count(entry => from is null || entry.LastModified >= from), page.More));
                if (hasTestFile && page.Objects.Count == 0)
                {
                    checks.Fail(ConnectionCheckName.FilePathAccess, S3Failures.EmptyPrefix, path.Stored);
                    return null;
                }

                pages.Add(page);
            }
            catch (SourceException exception) when (IsAboutPath(exception.Failure))
            {
                if (exception.Failure.Code == S3Failures.WrongRegion.Code)
                    checks.Skip(ConnectionCheckName.Authentication, "The store did not come to checking the credentials, because the region is wrong.");
                else
                    Accept();
                checks.Fail(ConnectionCheckName.FilePathAccess, exception.Failure, path.Stored);
                return null;
            }
            catch (SourceException exception)
            {
                checks.Fail(authenticated ? ConnectionCheckName.FilePathAccess : ConnectionCheckName.Authentication, exception.Failure, authenticated ? path.Stored : null);
                return null;
            }
        }

        return pages;

        void Accept()
        {
            if (!authenticated)
                checks.Pass(ConnectionCheckName.Authentication, "Connected successfully.");
            authenticated = true;
        }
    }

    // What the store says only to somebody whom it has recognised, or before it looks at who asks.
    private static bool IsAboutPath(SourceFailure failure) =>
        failure.Code == S3Failures.NoSuchBucket.Code || failure.Code == S3Failures.ListDenied.Code
        || failure.Code == S3Failures.WrongRegion.Code || failure.Code == S3Failures.ListingUnsupported.Code;

    private static (string Code, string Message)? PathFault(SourcePaths paths)
    {
        IReadOnlyList<string> texts = paths switch
        {
            UnifiedPath unified => [unified.Path],
            SeparatePaths separate => [separate.VoicePath, separate.ChatPath],
            _ => [],
        };
        foreach (var text in texts)
        {
            if (!S3Path.TryParse(text, out _, out var fault))
                return fault;
        }

        return null;
    }
}
