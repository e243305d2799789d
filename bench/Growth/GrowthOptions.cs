using System.Diagnostics.CodeAnalysis;

namespace Tumbler.Bench.Growth;

/// <param name="Small">A hundredth of everything, and the smallest and the largest size only: to see that it works.</param>
/// <param name="Draw">Nothing is measured; tables and plots are made of the figures that are there.</param>
/// <param name="Folder">Where <c>performance.md</c> is, with <c>performance/</c> and <c>images/</c>.</param>
internal sealed record GrowthOptions(IReadOnlyList<string> Parts, bool Small, bool Draw, string Folder)
{
    private const int Hundredth = 100;

    public int Rounds => Small ? 1 : 3;

    public int Seconds => Small ? 1 : 2;

    /// <summary>The runtime compiles anew what is used much; the first seconds tell nothing.</summary>
    public int WarmUpSeconds => Small ? 0 : 5;

    public static bool TryParse(
        string[] arguments, IReadOnlyCollection<string> known, string root, [NotNullWhen(true)] out GrowthOptions? options)
    {
        options = null;
        var (parts, small, draw, folder) = (new List<string>(), false, false, (string?)null);
        for (var i = 0; i < arguments.Length; i++)
        {
            if (arguments[i] == "--small")
                small = true;
            else if (arguments[i] == "--draw")
                draw = true;
            else if (arguments[i] == "--out" && i + 1 < arguments.Length)
                folder = arguments[++i];
            else if (known.Contains(arguments[i]))
                parts.Add(arguments[i]);
            else
                return false;
        }

        // What is small says nothing about the product, so it does not take the place of figures that do.
        folder ??= Path.Combine(root, small ? "artifacts/growth" : "docs");
        options = new GrowthOptions(parts.Count > 0 ? parts : [.. known], small, draw, folder);
        return true;
    }

    /// <param name="sizes">From the smallest to the largest.</param>
    public IReadOnlyList<int> Sizes(params int[] sizes) => Small ? [Scaled(sizes[0]), Scaled(sizes[^1])] : sizes;

    /// <summary>Nothing stays nothing, and one stays one.</summary>
    public int Scaled(int size) => Small ? Math.Max(size / Hundredth, Math.Min(size, 1)) : size;
}
