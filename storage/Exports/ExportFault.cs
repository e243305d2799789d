using System.Globalization;

namespace Tumbler.Storage.Exports;

/// <summary>The first place in an export that does not verify.</summary>
/// <param name="Line">From 1; of something that is missing, where it should stand. Null when it is the file as a whole.</param>
public sealed record ExportFault(string File, long? Line, string? Chain, long? Seq, string Problem)
{
    /// <summary>Of a file as a whole.</summary>
    public static ExportFault Of(string file, string problem) => new(file, null, null, null, problem);

    public override string ToString() => string.Create(CultureInfo.InvariantCulture,
        $"{File}{(Line is null ? "" : $", line {Line}")}{(Chain is null ? "" : $", chain {Chain}")}{(Seq is null ? "" : $", entry {Seq}")}: {Problem}");
}
