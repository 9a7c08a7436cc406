namespace QualityIngest.Domain.Conversations.Pictures;

/// <summary>Colours and letters, for light and for dark.</summary>
internal static class PictureStyle
{
    private const string Rules = """
        #id{--paper:#fff;--edge:#dfe4ec;--ink:#3b4657;--faint:#8a94a6;--agent:#2563eb;--customer:#c2570c;--both:#d6146b;color-scheme:light dark;font:12px system-ui,-apple-system,"Segoe UI",Roboto,"DejaVu Sans",sans-serif}
        @media (prefers-color-scheme:dark){#id{--paper:#12161d;--edge:#2b3340;--ink:#d5dbe6;--faint:#8591a5;--agent:#6ea6ff;--customer:#f6a04d;--both:#ff5c9d}}
        #id .paper{fill:var(--paper);stroke:var(--edge)}
        #id text{fill:var(--ink)}
        #id .name{font-weight:600}
        #id .total,#id .last{text-anchor:end}
        #id .agent{--role:var(--agent)}
        #id .customer{--role:var(--customer)}
        #id .overtalk{--role:var(--both)}
        #id .key,#id .tint{fill:var(--role)}
        #id .tint{opacity:.09}
        #id .bars{fill:none;stroke:var(--role);stroke-width:2;stroke-linecap:round}
        #id .pale{opacity:.28}
        #id .both{fill:var(--both);opacity:.3}
        #id .mark{fill:var(--both)}
        #id .line,#id .axis path{fill:none;stroke:var(--edge)}
        #id .axis text{fill:var(--faint);font-size:11px;text-anchor:middle;font-variant-numeric:tabular-nums}
        #id .axis .first{text-anchor:start}
        #id .axis .last{text-anchor:end}
        """;

    /// <summary>The rules, for the picture of this id alone.</summary>
    public static string Under(string id) => Rules.Replace("#id", "#" + id, StringComparison.Ordinal);
}
