namespace Tumbler.Api.Requests;

/// <summary>A name the caller made up, as it may stand in an answer and in the log: short, on one line.</summary>
internal static class ShownName
{
    private const int MaxLength = 64;

    public static string Of(string name) => name.Length == 0
        ? "\"\""
        : string.Concat(name.Take(MaxLength).Select(c => char.IsControl(c) || char.IsSurrogate(c) ? '?' : c));
}
