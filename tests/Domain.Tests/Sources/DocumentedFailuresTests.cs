using System.Reflection;
using QualityIngest.Domain.Sources;
using QualityIngest.TestKit;

namespace QualityIngest.Domain.Tests.Sources;

public sealed class DocumentedFailuresTests
{
    [Fact]
    public void Every_failure_is_explained_to_people_and_listed()
    {
        var page = File.ReadAllText(Path.Combine(Checkout.Root, "docs", "errors.md"));
        var failures = typeof(S3Failures).GetFields(BindingFlags.Public | BindingFlags.Static)
            .Select(field => Assert.IsType<SourceFailure>(field.GetValue(null)))
            .Append(S3Failures.FileTooLarge(5, 4))
            .Append(S3Failures.InRegion("eu-central-1"))
            .ToList();

        Assert.True(failures.Count > 30);
        Assert.All(failures, failure =>
        {
            Assert.Contains($"| `{failure.Code}` | ", page, StringComparison.Ordinal);
            Assert.Matches("^[a-z][a-z_]*[a-z]$", failure.Code);
            Assert.All([failure.Message, failure.Resolution], sentence => Assert.Matches("^[A-Z].*[.]$", sentence));
        });
    }
}
