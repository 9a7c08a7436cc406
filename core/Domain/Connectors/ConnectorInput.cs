using System.Globalization;
using System.Text.RegularExpressions;
using QualityIngest.Domain.Feeds;
using QualityIngest.Domain.Formats;
using QualityIngest.Domain.Sources;

namespace QualityIngest.Domain.Connectors;

/// <summary>A connector as written.</summary>
public sealed record ConnectorInput
{
    /// <summary>What people call it: 1 to 200 characters, unique among the tenant's connectors.</summary>
    public required string Name { get; init; }

    /// <summary>What its files hold: <c>quality-csv</c>, <c>conversation-json</c> or <c>feeds</c>. Fixed once created.</summary>
    public required string Format { get; init; }

    /// <summary>Where it reads, and as whom.</summary>
    public required SourceSettings Source { get; init; }

    /// <summary>
    /// The namespace of its conversations' ids, 1 to 200 characters; connectors that name the same one share identities.
    /// Absent: the source's own. Fixed once a conversation or a batch has come.
    /// </summary>
    public string? Namespace { get; init; }

    /// <summary>The agent of rows whose agent is unknown; absent: such rows are held. Not of <c>feeds</c>, which holds nothing.</summary>
    public string? DefaultAgentEmail { get; init; }

    /// <summary>The queue of its conversations, where the format names none (<c>conversation-json</c>); absent: they have no queue.</summary>
    public Guid? DefaultQueue { get; init; }

    /// <summary>
    /// What happens when other content arrives for a known conversation. Of <c>feeds</c>, only <c>revise</c>: what a partition
    /// says is replaced by what it says when it is sealed again.
    /// </summary>
    public RevisionPolicy RevisionPolicy { get; init; }

    /// <summary>
    /// How feeds are read, of <c>feeds</c> alone; absent: by their own names, no column split. Batches that were read as another
    /// kind than it says by now, or failed because nobody said any, are imported again.
    /// </summary>
    public FeedSettings? Feeds { get; init; }
}

/// <summary>A checked configuration: what is stored, and the secret apart from it.</summary>
/// <param name="Settings">Normalised, without the secret.</param>
/// <param name="Secret">The secret access key; null: none given.</param>
/// <param name="Paths">The configured paths.</param>
public sealed record CheckedInput(string Name, string? Namespace, ConnectorSettings Settings, string? Secret, IReadOnlyList<S3Path> Paths)
{
    /// <summary>The bucket.</summary>
    public string Bucket => Paths[0].Bucket;

    /// <summary>The id of the source that the configuration reads.</summary>
    public Guid SourceId(string tenant, string format) => Ids.Source(tenant, Settings.Source.Endpoint ?? "", Bucket, format);
}

/// <summary>Checks a connector as written. Pure: it says nothing of names taken or buckets unreachable.</summary>
public static partial class ConnectorCheck
{
    private const int MaxAllowed = 100, MaxEndpoint = 2000;

    /// <summary>The checked configuration, or everything that is wrong with it.</summary>
    /// <param name="input">As written.</param>
    /// <param name="formats">The formats that can be chosen.</param>
    /// <param name="secretStored">Whether access keys may leave their secret out, to keep the stored one.</param>
    public static Outcome<CheckedInput> Check(ConnectorInput input, IReadOnlyCollection<string> formats, bool secretStored)
    {
        var fields = new Fields();
        var name = fields.Text("/name", input.Name, 200);
        if (!formats.Contains(input.Format))
            fields.Refuse("/format", "unknown_format", $"The format must be one of: {string.Join(", ", formats)}.");
        var @namespace = fields.OptionalText("/namespace", input.Namespace, 200);
        var defaultAgent = fields.OptionalEmail("/defaultAgentEmail", input.DefaultAgentEmail);
        if (input is { Format: FormatNames.QualityCsv, DefaultQueue: not null })
            fields.Refuse("/defaultQueue", "not_of_this_format", "The rows of quality-csv name their queues: map these instead.");
        var feeds = FeedSettingsCheck.Check(fields, input);

        var source = input.Source;
        var region = fields.Text("/source/region", source.Region, 64);
        if (region.Length > 0 && !Region().IsMatch(region))
            fields.Refuse("/source/region", "invalid_region", "A region is written like eu-central-1.");
        var endpoint = Endpoint(fields, "/source/endpoint", source.Endpoint);
        var sts = Endpoint(fields, "/source/stsEndpoint", source.StsEndpoint);
        var paths = Paths(fields, source.Paths);
        if (input.Format is FormatNames.ConversationJson or FormatNames.Feeds && source.Paths is SeparatePaths)
            fields.Refuse("/source/paths", "not_of_this_format", $"Files of {input.Format} lie under one path of kind unified.");
        var (credentials, secret) = Credentials(fields, source.Credentials, secretStored);
        CheckAllowed(fields, "/source/allowedBuckets", source.AllowedBuckets, S3Path.IsBucketName, "invalid_bucket", "This is no bucket name.");
        CheckAllowed(fields, "/source/allowedHosts", source.AllowedHosts, IsHost, "invalid_host", "This is no host name.");
        if (fields.Failure is { } failure)
            return failure;

        return new CheckedInput(
            name,
            @namespace,
            new()
            {
                Source = source with
                {
                    Region = region,
                    Endpoint = endpoint,
                    StsEndpoint = sts,
                    Paths = paths is [var one] ? new UnifiedPath(one.Stored) : new SeparatePaths(paths[0].Stored, paths[1].Stored),
                    Credentials = credentials,
                },
                DefaultAgentEmail = defaultAgent,
                DefaultQueue = input.DefaultQueue,
                RevisionPolicy = input.RevisionPolicy,
                Feeds = feeds,
            },
            secret,
            paths);
    }

    private static string? Endpoint(Fields fields, string pointer, string? value)
    {
        if (fields.OptionalText(pointer, value, MaxEndpoint) is not { Length: <= MaxEndpoint } text)
            return null;
        if (Uri.TryCreate(text, UriKind.Absolute, out var url)
            && url.Scheme is "https" or "http"
            && url is { UserInfo: "", AbsolutePath: "/", Query: "", Fragment: "" })
            return url.GetLeftPart(UriPartial.Authority);
        fields.Refuse(pointer, "invalid_url", "This must be a URL of scheme, host and port alone, e.g. https://s3.example.com.");
        return null;
    }

    private static List<S3Path> Paths(Fields fields, SourcePaths? paths)
    {
        (string Pointer, string Text)[] texts = paths switch
        {
            UnifiedPath unified => [("/source/paths/path", unified.Path)],
            SeparatePaths separate => [("/source/paths/voicePath", separate.VoicePath), ("/source/paths/chatPath", separate.ChatPath)],
            _ => [],
        };
        if (texts is [])
            fields.Refuse("/source/paths", "required", "A connector needs its paths.");

        var parsed = new List<S3Path>();
        foreach (var (pointer, text) in texts)
        {
            if (S3Path.TryParse(text, out var path, out var fault))
                parsed.Add(path);
            else
                fields.Refuse(pointer, fault.Code, fault.Message);
        }

        if (parsed is [var voice, var chat])
        {
            if (voice.Bucket != chat.Bucket)
                fields.Refuse("/source/paths/chatPath", "other_bucket", "Both paths must lie in one bucket.");
            else if (voice.Overlaps(chat))
                fields.Refuse("/source/paths/chatPath", "paths_overlap", "Neither path may lie within the other.");
        }

        return parsed;
    }

    private static (SourceCredentials Stored, string? Secret) Credentials(Fields fields, SourceCredentials? credentials, bool secretStored)
    {
        switch (credentials)
        {
            case AccessKeyCredentials keys:
                var id = fields.Text("/source/credentials/accessKeyId", keys.AccessKeyId, 128);
                var secret = fields.OptionalText("/source/credentials/secretAccessKey", keys.SecretAccessKey, 256);
                if (secret is null && !secretStored)
                    fields.Refuse("/source/credentials/secretAccessKey", "required", "Access keys need their secret.");
                return (new AccessKeyCredentials(id), secret);
            case IamRoleCredentials role:
                var arn = fields.Text("/source/credentials/roleArn", role.RoleArn, 2048);
                if (arn.Length > 0 && !RoleArn().IsMatch(arn))
                    fields.Refuse("/source/credentials/roleArn", "role_arn_malformed", "A role's ARN is written like arn:aws:iam::123456789012:role/Name.");
                return (new IamRoleCredentials(arn), null);
            case ServiceCredentials:
                return (credentials, null);
            default:
                fields.Refuse("/source/credentials", "required", "A connector needs its credentials.");
                return (new ServiceCredentials(), null);
        }
    }

    private static void CheckAllowed(
        Fields fields, string pointer, IReadOnlyList<string> values, Func<string, bool> valid, string code, string message)
    {
        if (values.Count > MaxAllowed)
            fields.Refuse(pointer, "too_many", $"At most {MaxAllowed} can be allowed.");
        for (var i = 0; i < values.Count; i++)
        {
            if (!valid(values[i]))
                fields.Refuse($"{pointer}/{i}", code, message);
        }
    }

    /// <summary>A host, or a host and a port, as <see cref="LocatorUrl.IsAllowed"/> compares them.</summary>
    private static bool IsHost(string text)
    {
        var (host, port) = text.Split(':') is [var name, var number] ? (name, number) : (text, "443");
        return Uri.CheckHostName(host) != UriHostNameType.Unknown && host.Length <= 253 && !host.EndsWith('.')
            && ushort.TryParse(port, NumberStyles.None, CultureInfo.InvariantCulture, out var at) && at > 0;
    }

    [GeneratedRegex(@"^[a-z0-9-]{1,64}\z")]
    private static partial Regex Region();

    [GeneratedRegex(@"^arn:aws[a-z-]*:iam::(\d{12})?:role/[\w+=,.@/-]{1,512}\z")]
    private static partial Regex RoleArn();
}
