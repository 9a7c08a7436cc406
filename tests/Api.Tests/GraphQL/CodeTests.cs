using System.Text.RegularExpressions;
using QualityIngest.Api.GraphQL.Serving;
using QualityIngest.TestKit;

namespace QualityIngest.Api.Tests.GraphQL;

public sealed partial class CodeTests
{
    [Fact]
    public void Every_code_and_limit_is_explained()
    {
        var page = File.ReadAllText(Path.Combine(Checkout.Root, "docs", "graphql.md"));
        var codes = Directory.EnumerateFiles(Path.Combine(Checkout.Root, "api", "GraphQL", "Serving"), "*.cs")
            .Append(Path.Combine(Checkout.Root, "core", "GraphQL", "ErrorCodes.cs"))
            .SelectMany(file => Code().Matches(File.ReadAllText(file)).Select(match => match.Groups[1].Value))
            .ToHashSet();

        Assert.True(codes.Count > 12, "The codes were not found.");
        var limits = typeof(QualityIngest.GraphQL.Limits.GraphQLLimits).GetProperties().Where(p => p.SetMethod is not null).Select(p => char.ToLowerInvariant(p.Name[0]) + p.Name[1..]);
        Assert.DoesNotContain(codes.Concat(limits).Concat([QueryPlaces.OfTenant, QueryPlaces.OfNode]), word => !page.Contains($"`{word}`", StringComparison.Ordinal));
    }

    [GeneratedRegex("\"([A-Z]+(?:_[A-Z]+)+)\"")]
    private static partial Regex Code();
}
