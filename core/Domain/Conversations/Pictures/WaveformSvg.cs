using System.Globalization;
using System.Text;

namespace QualityIngest.Domain.Conversations.Pictures;

/// <summary>
/// Draws a waveform: the agent above a middle line, the customer below it, full colour while they speak and pale while they do
/// not, a band where both do, and an axis of time. The same waveform is always the same text, of at most 40 kB.
/// </summary>
/// <remarks>
/// It holds no script and refers to nothing outside of itself. Ids and style rules bear a prefix made from the conversation's
/// id, so that a page can hold several pictures.
/// </remarks>
public static class WaveformSvg
{
    /// <summary>The media type.</summary>
    public const string MediaType = "image/svg+xml";

    private const double Middle = 78;
    private const double Reach = 46;
    private const double Gap = 1.5;
    private const double LeastSpeech = 1;
    private const double LeastOvertalk = 2;

    /// <summary>The picture as a document in UTF-8.</summary>
    /// <param name="waveform">What to draw.</param>
    /// <param name="conversation">The conversation.</param>
    /// <param name="name">What people call it: any text.</param>
    public static string Render(Waveform waveform, Guid conversation, string name)
    {
        var id = "w" + conversation.ToString("n")[..12];
        var canvas = new Canvas(waveform.DurationMs);
        var times = TalkTimes.Of(waveform);
        var (agent, customer) = Bars.Of(waveform, canvas);
        return string.Create(CultureInfo.InvariantCulture, $"""
            <svg xmlns="http://www.w3.org/2000/svg" id="{id}" viewBox="0 0 {Canvas.Width} {Canvas.Height}" width="{Canvas.Width}" height="{Canvas.Height}" role="img" aria-labelledby="{id}-title {id}-desc" lang="en">
            <title id="{id}-title">Waveform of {XmlText.Escape(name)}</title>
            <desc id="{id}-desc">{times.Sentence}</desc>
            <style>{PictureStyle.Under(id)}</style>
            <defs>
            <path id="{id}-a" d="{Outline(agent, -1)}"/>
            <path id="{id}-c" d="{Outline(customer, 1)}"/>
            <path id="{id}-as" d="{Areas(canvas.Stretches(waveform.Agent.Speech, LeastSpeech), Middle - Reach - Gap, Reach + Gap)}"/>
            <path id="{id}-cs" d="{Areas(canvas.Stretches(waveform.Customer.Speech, LeastSpeech), Middle, Reach + Gap)}"/>
            <path id="{id}-b" d="{Areas(canvas.Stretches(waveform.Overtalk, LeastOvertalk), Middle - Reach - Gap, 2 * (Reach + Gap))}"/>
            <clipPath id="{id}-ac"><use href="#{id}-as"/></clipPath>
            <clipPath id="{id}-cc"><use href="#{id}-cs"/></clipPath>
            <clipPath id="{id}-bc"><path d="M0 {Middle - 2 * Gap}h{Canvas.Width}v{4 * Gap}H0z"/></clipPath>
            </defs>
            <rect class="paper" x=".5" y=".5" width="{Canvas.Width - 1}" height="{Canvas.Height - 1}" rx="8"/>
            {Legend(times)}
            <use class="both" href="#{id}-b"/>
            <g class="agent"><use class="tint" href="#{id}-as"/><use class="bars pale" href="#{id}-a"/><use class="bars" href="#{id}-a" clip-path="url(#{id}-ac)"/></g>
            <g class="customer"><use class="tint" href="#{id}-cs"/><use class="bars pale" href="#{id}-c"/><use class="bars" href="#{id}-c" clip-path="url(#{id}-cc)"/></g>
            <path class="line" d="M{Canvas.Left} {Middle}H{Canvas.Right}"/>
            <use class="mark" href="#{id}-b" clip-path="url(#{id}-bc)"/>
            {TimeAxis.Draw(canvas)}
            </svg>

            """);
    }

    private static string Legend(TalkTimes times)
    {
        (string Class, string Label, string Time, int X)[] entries =
        [
            ("agent", "Agent", times.AgentText, Canvas.Left),
            ("customer", "Customer", times.CustomerText, Canvas.Left + 118),
            ("overtalk", "Overtalk", times.BothText, Canvas.Left + 262),
        ];
        var text = new StringBuilder();
        foreach (var (kind, label, time, x) in entries)
            text.Append(CultureInfo.InvariantCulture, $"""<g class="{kind}"><rect class="key" x="{x}" y="10" width="10" height="10" rx="2.5"/><text x="{x + 15}" y="19"><tspan class="name">{label}</tspan> {time}</text></g>""");
        return text.Append(CultureInfo.InvariantCulture, $"""<text class="total" x="{Canvas.Right}" y="19">{times.DurationText}</text>""").ToString();
    }

    /// <summary>One upright stroke a bar, away from the middle.</summary>
    private static string Outline(IReadOnlyList<double> bars, int direction)
    {
        var path = new StringBuilder();
        for (var i = 0; i < bars.Count; i++)
            path.Append(CultureInfo.InvariantCulture, $"M{Canvas.BarX(i):0.#} {Middle + direction * 2 * Gap:0.#}v{direction * (Reach - 2 * Gap) * bars[i]:0.#}");
        return path.ToString();
    }

    /// <summary>A rectangle a stretch.</summary>
    private static string Areas(IReadOnlyList<(double X, double Width)> stretches, double top, double height)
    {
        var path = new StringBuilder();
        foreach (var (x, width) in stretches)
            path.Append(CultureInfo.InvariantCulture, $"M{x:0.#} {top:0.#}h{width:0.#}v{height:0.#}h-{width:0.#}z");
        return path.ToString();
    }
}
