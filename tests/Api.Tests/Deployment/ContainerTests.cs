using System.Text.RegularExpressions;
using Microsoft.Extensions.Configuration;
using QualityIngest.Database;
using QualityIngest.TestKit;
using YamlDotNet.Serialization;

namespace QualityIngest.Api.Tests.Deployment;

/// <summary>The container files are not run by the tests, so that what they say is held against the code instead.</summary>
public sealed partial class ContainerTests
{
    /// <summary>Names that no options record has: what reads them is named behind them.</summary>
    private static readonly HashSet<string> KnownNames =
    [
        "ASPNETCORE_URLS", // ASP.NET Core
        "Admin__ApiKey", // BootstrapKey
        "ConnectionStrings__Postgres", // DatabaseOptions
        "Data__Directory", // DatabaseOptions
        "Secrets__Keys__0", // SecretKeys
    ];

    private static readonly string Dockerfile = File.ReadAllText(Path.Combine(Checkout.Root, "Dockerfile"));
    private static readonly string ComposeText = File.ReadAllText(Path.Combine(Checkout.Root, "docker-compose.yml"));
    private static readonly Compose Deployed = new DeserializerBuilder().IgnoreUnmatchedProperties().Build().Deserialize<Compose>(ComposeText);

    private static Service Api => Deployed.Services["api"];

    [Fact]
    public void Every_environment_name_of_the_api_is_one_that_the_code_reads()
    {
        Assert.NotEmpty(Api.Environment);
        Assert.All(Api.Environment.Keys, name => Assert.True(KnownNames.Contains(name) || Binds(name), $"Nothing reads {name}."));
    }

    [Theory]
    [InlineData("Outbound__Allow__0", true)]
    [InlineData("Outbound__Allowed__0", false)]
    [InlineData("Outbound__Allow", false)]
    [InlineData("Ingest__BatchRows", true)]
    [InlineData("Ingest__BatchRows__0", false)]
    [InlineData("Database__MaxPoolSize", true)]
    [InlineData("Postgres__Password", false)]
    public void A_name_that_the_code_does_not_read_would_be_found(string name, bool read) => Assert.Equal(read, Binds(name));

    [Fact]
    public void The_database_is_the_one_beside_the_api()
    {
        var options = DatabaseOptions.From(new ConfigurationBuilder().AddInMemoryCollection(
            Api.Environment.Select(pair => KeyValuePair.Create(pair.Key.Replace("__", ":", StringComparison.Ordinal), (string?)pair.Value))).Build());

        Assert.StartsWith("Host=postgres;Database=qualityingest;Username=qualityingest;", options.ConnectionString, StringComparison.Ordinal);
        Assert.Equal("/data", options.Directory);
        Assert.Equal("qualityingest", Deployed.Services["postgres"].Environment["POSTGRES_DB"]);
        Assert.Equal("qualityingest", Deployed.Services["postgres"].Environment["POSTGRES_USER"]);
        var version = int.Parse(Deployed.Services["postgres"].Image!.Split(':')[1], System.Globalization.CultureInfo.InvariantCulture);
        Assert.InRange(version, 15, int.MaxValue);
    }

    [Fact]
    public void Every_secret_comes_from_the_environment_and_cannot_be_forgotten()
    {
        var secrets = Deployed.Services.Values.SelectMany(service => service.Environment)
            .Where(pair => SecretName().IsMatch(pair.Key) || pair.Value.Contains("Password=", StringComparison.Ordinal)).ToList();

        Assert.Equal(5, secrets.Count);
        Assert.All(secrets, pair => Assert.Matches(@"\$\{[A-Z0-9_]+:\?\}", pair.Value));
        Assert.DoesNotMatch(@"\$\{[A-Z0-9_]+\}|\$\{[^}]*:-", ComposeText);
    }

    [Fact]
    public void Every_named_volume_and_every_host_that_is_let_through_exists()
    {
        Assert.All(Deployed.Services.Values.SelectMany(service => service.Volumes), volume => Assert.Contains(volume.Split(':')[0], Deployed.Volumes.Keys));
        Assert.All(Api.Environment.Where(pair => pair.Key.StartsWith("Outbound__Allow__", StringComparison.Ordinal)),
            pair => Assert.Contains(pair.Value.Split(':')[0], Deployed.Services.Keys));
    }

    [Fact]
    public void The_image_runs_without_privileges_listens_where_it_says_and_tells_whether_it_lives()
    {
        var stage = Dockerfile[Dockerfile.LastIndexOf("\nFROM ", StringComparison.Ordinal)..];

        Assert.Matches(@"\nUSER \$APP_UID\n", stage);
        Assert.Matches(@"\nEXPOSE 8080\n", stage);
        Assert.Contains("http://0.0.0.0:8080", stage, StringComparison.Ordinal);
        Assert.Contains("\"http://127.0.0.1:8080/health/live\"", stage, StringComparison.Ordinal);
        Assert.Equal("http://0.0.0.0:8080", Api.Environment["ASPNETCORE_URLS"]);
        Assert.All(Api.Ports, port => Assert.EndsWith(":8080", port, StringComparison.Ordinal));
        Assert.Contains("\"QualityIngest.Api.dll\"", stage, StringComparison.Ordinal);
    }

    [Fact]
    public void The_image_has_the_library_that_decodes_recordings()
    {
        var stage = Dockerfile[Dockerfile.LastIndexOf("\nFROM ", StringComparison.Ordinal)..];

        Assert.Matches(@"apt-get install [^&]*\blibsndfile1\b", stage);
    }

    [Fact]
    public void Recordings_are_kept_on_the_volume_since_temporary_files_are_in_memory()
    {
        Assert.Contains("/tmp", Api.Tmpfs);
        Assert.StartsWith("/data/", Api.Environment["Audio__SpoolDirectory"], StringComparison.Ordinal);
    }

    [Fact]
    public void The_image_is_built_from_files_that_exist()
    {
        var copied = Copy().Matches(Dockerfile).SelectMany(match => match.Groups[1].Value.Split(' ')[..^1]);

        Assert.All(copied, path => Assert.True(Path.Exists(Path.Combine(Checkout.Root, path)), $"There is no {path}."));
    }

    /// <summary>Whether the name is a setting; an element where that is a list.</summary>
    private static bool Binds(string name)
    {
        var setting = Element().Replace(name, "__0");
        return Settings.All.Any(known => known.Name == setting);
    }

    [GeneratedRegex("__[0-9]+$")]
    private static partial Regex Element();

    [GeneratedRegex("KEY|PASSWORD|SECRET", RegexOptions.IgnoreCase)]
    private static partial Regex SecretName();

    [GeneratedRegex(@"^COPY (?!--from)(.+)$", RegexOptions.Multiline)]
    private static partial Regex Copy();

    private sealed record Compose
    {
        [YamlMember(Alias = "services")]
        public Dictionary<string, Service> Services { get; init; } = [];

        [YamlMember(Alias = "volumes")]
        public Dictionary<string, object?> Volumes { get; init; } = [];
    }

    private sealed record Service
    {
        [YamlMember(Alias = "image")]
        public string? Image { get; init; }

        [YamlMember(Alias = "environment")]
        public Dictionary<string, string> Environment { get; init; } = [];

        [YamlMember(Alias = "ports")]
        public List<string> Ports { get; init; } = [];

        [YamlMember(Alias = "volumes")]
        public List<string> Volumes { get; init; } = [];

        [YamlMember(Alias = "tmpfs")]
        public List<string> Tmpfs { get; init; } = [];
    }
}
