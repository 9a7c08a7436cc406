using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using System.Xml.Linq;
using QualityIngest.Domain.Conversations;
using QualityIngest.Domain.Conversations.Pictures;

namespace QualityIngest.Domain.Tests.Conversations.Pictures;

public sealed partial class WaveformSvgTests
{
    private static readonly Guid Id = Guid.Parse("0199c0de-0000-7000-8000-000000000001");
    private static readonly XNamespace Svg = "http://www.w3.org/2000/svg";

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(2_500)]
    [InlineData(185_000)]
    [InlineData(14_400_000)]
    public void A_picture_is_well_formed_and_within_its_frame(long durationMs)
    {
        var picture = XDocument.Parse(WaveformSvg.Render(MadeUpCall.Of(1, durationMs), Id, "call-1")).Root!;

        Assert.Equal(Svg + "svg", picture.Name);
        Assert.Equal("0 0 800 160", picture.Attribute("viewBox")!.Value);
        Assert.All(Positions(picture), at => Assert.True(at is { X: >= 0 and <= 800, Y: >= 0 and <= 160 }, $"{at} is outside."));
        Assert.DoesNotContain("NaN", picture.ToString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(1_000)]
    [InlineData(385)]
    public void No_call_takes_more_than_40_kB(int intervals)
    {
        var each = 14_400_000.0 / intervals;
        List<Interval> restless = [.. Enumerable.Range(0, intervals).Select(i => new Interval((long)(i * each), (long)(i * each + each / 2)))];
        byte[] loud = [.. Enumerable.Range(0, Waveform.MaxBuckets).Select(i => (byte)(255 - i % 100))];
        var call = new Waveform(14_400_000, 9_000, new(loud, restless), new(loud, restless), restless);

        Assert.InRange(Encoding.UTF8.GetByteCount(WaveformSvg.Render(call, Id, "call-1")), 8_000, 40_000);
    }

    [Fact]
    public void The_same_call_is_the_same_picture_and_each_party_has_one_path()
    {
        var picture = WaveformSvg.Render(MadeUpCall.Of(1, 60_000), Id, "call-1");

        Assert.Equal(picture, WaveformSvg.Render(MadeUpCall.Of(1, 60_000), Id, "call-1"));
        Assert.NotEqual(picture, WaveformSvg.Render(MadeUpCall.Of(2, 60_000), Id, "call-1"));
        Assert.Equal(257, Regex.Count(Path(picture, "a"), "M"));
        Assert.Equal(257, Regex.Count(Path(picture, "c"), "M"));
    }

    [Fact]
    public void Parties_that_cannot_be_told_apart_have_no_times()
    {
        var picture = WaveformSvg.Render(MadeUpCall.Of(1, 60_000) with { PartiesKnown = false, Overtalk = [] }, Id, "call-1");

        Assert.Equal(3, Regex.Count(picture, "</tspan> not known</text>"));
        Assert.Contains("Both channels hold the same sound", picture, StringComparison.Ordinal);
        Assert.Equal("", Path(picture, "b"));
    }

    [Fact]
    public void The_agent_is_above_the_line_and_the_customer_below()
    {
        var waveform = new Waveform(
            1_000, 500, new([255, 0], [new(0, 500)]), new([0, 255], [new(400, 1_000)]), [new(400, 500)]);

        var picture = WaveformSvg.Render(waveform, Id, "call-1");

        Assert.StartsWith("M15.5 75v-43M18.5 75v-43", Path(picture, "a"), StringComparison.Ordinal);
        Assert.EndsWith("M784.5 81v43", Path(picture, "c"), StringComparison.Ordinal);
        Assert.Equal("M14 30.5h386v47.5h-386z", Path(picture, "as"));
        Assert.Equal("M322.8 78h463.2v47.5h-463.2z", Path(picture, "cs"));
        Assert.Equal("M322.8 30.5h77.2v95h-77.2z", Path(picture, "b"));
    }

    [Fact]
    public void Who_cannot_see_it_is_told()
    {
        var picture = XDocument.Parse(WaveformSvg.Render(MadeUpCall.Of(1, 185_000), Id, "call-1")).Root!;

        Assert.Equal("img", picture.Attribute("role")!.Value);
        Assert.Equal(
            [picture.Element(Svg + "title")!.Attribute("id")!.Value, picture.Element(Svg + "desc")!.Attribute("id")!.Value],
            picture.Attribute("aria-labelledby")!.Value.Split(' '));
        Assert.Equal("Waveform of call-1", picture.Element(Svg + "title")!.Value);
        Assert.Matches(
            @"^A call of 3:05\. The agent, above, speaks for \d:\d\d; the customer, below, for \d:\d\d; both at once for [\d.]+ s, nobody for [\d.]+ s\.$",
            picture.Element(Svg + "desc")!.Value);
    }

    [Theory]
    [InlineData("a <b> & \"c\" 'd'", "a <b> & \"c\" 'd'")]
    [InlineData("</title><script>alert(1)</script>", "</title><script>alert(1)</script>")]
    [InlineData("bell\u0007 and \uffff", "bell\uFFFD and \uFFFD")]
    [InlineData("лена \U0001F600", "лена \U0001F600")]
    public void Any_name_is_only_text(string name, string shown)
    {
        var picture = XDocument.Parse(WaveformSvg.Render(MadeUpCall.Of(1, 5_000), Id, name));

        Assert.Equal("Waveform of " + shown, picture.Root!.Element(Svg + "title")!.Value);
        Assert.Empty(picture.Descendants(Svg + "script"));
    }

    [Fact]
    public void It_refers_to_itself_alone_and_its_rules_reach_nothing_else()
    {
        var picture = WaveformSvg.Render(MadeUpCall.Of(1, 185_000), Id, "call-1");

        var root = XDocument.Parse(picture).Root!;
        var ids = root.DescendantsAndSelf().Attributes("id").Select(id => id.Value).ToList();
        Assert.Equal(ids.Count, ids.Distinct().Count());
        Assert.All(ids, id => Assert.StartsWith("w0199c0de0000", id, StringComparison.Ordinal));
        Assert.All(Reference().Matches(picture), match => Assert.Contains(match.Groups["id"].Value, ids));
        Assert.Single(Regex.Matches(picture, "https?:"));
        var rules = Regex.Matches(root.Element(Svg + "style")!.Value, @"([^{}]+)\{(?!#)").Select(match => match.Groups[1].Value.Trim());
        Assert.All(rules.SelectMany(rule => rule.Split(',')), rule => Assert.StartsWith("#w0199c0de0000", rule, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData(900, "0:00")]
    [InlineData(9_500, "0:00 0:01 0:02 0:03 0:04 0:05 0:06 0:07 0:08 0:09")]
    [InlineData(185_000, "0:00 0:30 1:00 1:30 2:00 2:30 3:00")]
    [InlineData(7_500_000, "0:00 15:00 30:00 45:00 1:00:00 1:15:00 1:30:00 1:45:00 2:00:00")]
    [InlineData(14_400_000, "0:00 30:00 1:00:00 1:30:00 2:00:00 2:30:00 3:00:00 3:30:00 4:00:00")]
    public void The_axis_is_labelled_at_round_times(long durationMs, string labels)
    {
        var picture = XDocument.Parse(WaveformSvg.Render(MadeUpCall.Of(1, durationMs), Id, "call-1"));

        var axis = picture.Descendants(Svg + "g").Single(group => group.Attribute("class")?.Value == "axis");
        Assert.Equal(labels, string.Join(' ', axis.Elements(Svg + "text").Select(text => text.Value)));
    }

    private static string Path(string picture, string name) =>
        XDocument.Parse(picture).Descendants(Svg + "path").Single(path => path.Attribute("id")?.Value == "w0199c0de0000-" + name).Attribute("d")!.Value;

    /// <summary>Where every path goes, and every text begins.</summary>
    private static IEnumerable<(double X, double Y)> Positions(XElement picture)
    {
        foreach (var text in picture.Descendants(Svg + "text"))
            yield return ((double)text.Attribute("x")!, (double)text.Attribute("y")!);
        foreach (var path in picture.Descendants(Svg + "path"))
        {
            var (x, y) = (0.0, 0.0);
            foreach (Match step in Step().Matches(path.Attribute("d")!.Value))
            {
                var (first, second) = (Number(step, "first"), Number(step, "second"));
                (x, y) = step.Groups["verb"].Value switch
                {
                    "M" => (first, second),
                    "H" => (first, y),
                    "h" => (x + first, y),
                    "v" => (x, y + first),
                    var verb => throw new InvalidOperationException($"Unknown step {verb}."),
                };
                yield return (Math.Round(x, 6), Math.Round(y, 6));
            }
        }
    }

    private static double Number(Match step, string group) =>
        step.Groups[group].Value is { Length: > 0 } digits ? double.Parse(digits, CultureInfo.InvariantCulture) : 0;

    [GeneratedRegex("""(href="#|url\(#)(?<id>[^")]+)""")]
    private static partial Regex Reference();

    [GeneratedRegex(@"(?<verb>[MHhv])(?<first>-?[\d.]+)( (?<second>-?[\d.]+))?")]
    private static partial Regex Step();
}
