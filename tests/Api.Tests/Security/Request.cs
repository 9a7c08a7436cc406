using System.Net.Http.Headers;
using System.Text;
using System.Text.RegularExpressions;

namespace QualityIngest.Api.Tests.Security;

/// <summary>What makes an operation's call a valid one.</summary>
/// <param name="Path">What its path's parameters are, in their order.</param>
public sealed partial record Request(params object[] Path)
{
    /// <summary>The query, without its question mark.</summary>
    public string? Query { get; init; }

    /// <summary>The body; null: none.</summary>
    public string? Body { get; init; }

    /// <summary>The body's media type.</summary>
    public string MediaType { get; init; } = "application/json";

    /// <summary>What the fitting key gets where that is no success: the arrangement ends at a bucket or a host that is not there.</summary>
    public int? Refused { get; init; }

    /// <summary>What a stranger gets from an operation whose path names nothing of the owner's: an empty list unless it says otherwise.</summary>
    public ForStrangers Strangers { get; init; }

    /// <summary>The request itself.</summary>
    public HttpRequestMessage Of(Operation operation)
    {
        var values = Path.AsEnumerable().GetEnumerator();
        var path = Parameter().Replace(operation.Path, _ => values.MoveNext() ? Uri.EscapeDataString(values.Current.ToString()!) : throw new InvalidOperationException($"{operation} has too few values."));
        var message = new HttpRequestMessage(operation.Method, Query is null ? path : $"{path}?{Query}");
        if (Body is not null)
            message.Content = new StringContent(Body, Encoding.UTF8, new MediaTypeHeaderValue(MediaType));
        message.Headers.TryAddWithoutValidation("If-Match", "*");
        return message;
    }

    [GeneratedRegex(@"\{[^}]+\}")]
    private static partial Regex Parameter();
}

/// <summary>What a call that names nothing of the owner's does for a stranger.</summary>
public enum ForStrangers
{
    /// <summary>It shows the stranger's own, which is nothing.</summary>
    Nothing,

    /// <summary>It is refused, since its body names what is the owner's.</summary>
    Refused,

    /// <summary>It does what it does to the stranger's own.</summary>
    TheirOwn,
}
