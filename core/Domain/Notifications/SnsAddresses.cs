using System.Text.RegularExpressions;
using System.Web;
using Microsoft.Extensions.Options;

namespace QualityIngest.Domain.Notifications;

/// <summary>
/// Which addresses in a message may be called: those that begin, letter for letter, with the host of the topic's own region.
/// Comparing text leaves a lookalike, a port, user information or an odd spelling nothing to hide in.
/// </summary>
public sealed partial class SnsAddresses(IOptions<NotificationOptions> options)
{
    /// <summary>The address of a topic's signing certificate, <c>https://sns.REGION.amazonaws.com/SimpleNotificationService-….pem</c>; null: this is none.</summary>
    public Uri? Certificate(string text, TopicArn topic) => After(text, topic) is { } rest && Pem().IsMatch(rest) ? new Uri(text) : null;

    /// <summary>The address that confirms a subscription to the topic; null: this is none.</summary>
    public Uri? Confirmation(string text, TopicArn topic)
    {
        if (After(text, topic) is not ['?', .. var query])
            return null;
        var asked = HttpUtility.ParseQueryString(query);
        return asked["Action"] == "ConfirmSubscription" && asked["TopicArn"] == topic.Text && asked["Token"] is { Length: > 0 } ? new Uri(text) : null;
    }

    /// <summary>Whether the host is one of the installation's own, rather than AWS's.</summary>
    public bool IsOwn(Uri address) => options.Value.Hosts.Contains(address.Authority, StringComparer.Ordinal);

    /// <summary>What follows the host and its slash, where the host is the topic's.</summary>
    private string? After(string text, TopicArn topic) =>
        text.Length > 4_096 || text.Any(letter => letter is <= ' ' or > '~' or '\\' or '#')
            ? null
            : options.Value.Hosts.Prepend(topic.Host)
                .Select(host => $"https://{host}/")
                .Where(start => text.StartsWith(start, StringComparison.Ordinal))
                .Select(start => text[start.Length..])
                .FirstOrDefault();

    [GeneratedRegex(@"^SimpleNotificationService-[A-Za-z0-9]{1,64}\.pem\z", RegexOptions.CultureInvariant)]
    private static partial Regex Pem();
}
