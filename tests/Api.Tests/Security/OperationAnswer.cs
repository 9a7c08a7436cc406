using System.Text.Json;
using QualityIngest.TestKit;

namespace QualityIngest.Api.Tests.Security;

/// <summary>What an operation answered.</summary>
public sealed record OperationAnswer(Operation Operation, int Status, string? MediaType, string Body, string Challenge)
{
    private static readonly Lazy<string> Codes = new(() => File.ReadAllText(Path.Combine(Checkout.Root, "docs", "errors.md")));

    /// <summary>The problem's code; null where it is none.</summary>
    public string? Code =>
        MediaType == "application/problem+json" && Body.Length > 0 && JsonDocument.Parse(Body).RootElement.TryGetProperty("code", out var code) ? code.GetString() : null;

    /// <summary>Why it is not an answer that the document has, or null.</summary>
    public string? Undocumented
    {
        get
        {
            if (!Operation.Responses.TryGetValue(Status.ToString(System.Globalization.CultureInfo.InvariantCulture), out var media))
                return $"{this}: the status is not in the document.";
            if (MediaType is not null && !media.Contains(MediaType))
                return $"{this}: {MediaType} is not in the document.";
            if (Status >= 400 && Code is null)
                return $"{this}: it is no problem with a code.";
            return Code is { } code && !Codes.Value.Contains($"`{code}`", StringComparison.Ordinal) ? $"{this}: nothing explains {code}." : null;
        }
    }

    /// <inheritdoc/>
    public override string ToString() => $"{Operation}: {Status} {Code ?? MediaType}";
}
