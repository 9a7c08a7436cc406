using System.Text.RegularExpressions;

namespace QualityIngest.Domain.Notifications;

/// <summary>The name of an SNS topic, e.g. <c>arn:aws:sns:eu-central-1:123456789012:calls</c>.</summary>
public sealed partial record TopicArn
{
    private TopicArn(string text, string partition, string region, string account) =>
        (Text, Partition, Region, Account) = (text, partition, region, account);

    /// <summary>The whole of it.</summary>
    public string Text { get; }

    /// <summary><c>aws</c>, <c>aws-cn</c> or <c>aws-us-gov</c>.</summary>
    public string Partition { get; }

    /// <summary>The topic's region.</summary>
    public string Region { get; }

    /// <summary>The account that has the topic: 12 digits.</summary>
    public string Account { get; }

    /// <summary>The one host of AWS that signs and confirms for the topic.</summary>
    public string Host => $"sns.{Region}.amazonaws.com{(Partition == "aws-cn" ? ".cn" : "")}";

    /// <summary>Reads an ARN. Null: it is none, or one of a FIFO topic, which delivers to no address.</summary>
    public static TopicArn? Parse(string text) =>
        Form().Match(text) is { Success: true } match
            ? new(text, match.Groups["partition"].Value, match.Groups["region"].Value, match.Groups["account"].Value)
            : null;

    [GeneratedRegex(
        @"^arn:(?<partition>aws|aws-cn|aws-us-gov):sns:(?<region>[a-z]{2}(-[a-z]+)+-[0-9]{1,2}):(?<account>[0-9]{12}):[A-Za-z0-9_-]{1,256}\z",
        RegexOptions.CultureInvariant)]
    private static partial Regex Form();
}
