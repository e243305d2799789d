using System.Diagnostics.CodeAnalysis;
using System.Globalization;

namespace Tumbler.Bench;

/// <param name="Rounds">How often each side is measured, in turns.</param>
/// <param name="Seconds">How long each time.</param>
internal sealed record BenchOptions(IReadOnlyList<string> Paths, int Rounds, int Seconds)
{
    public static bool TryParse(string[] arguments, IReadOnlyCollection<string> known, [NotNullWhen(true)] out BenchOptions? options)
    {
        options = null;
        var (paths, rounds, seconds) = (new List<string>(), 7, 3);
        for (var i = 0; i < arguments.Length; i++)
        {
            var taken = arguments[i] switch
            {
                "--rounds" => TryNumber(arguments.ElementAtOrDefault(++i), out rounds),
                "--seconds" => TryNumber(arguments.ElementAtOrDefault(++i), out seconds),
                var path => known.Contains(path),
            };
            if (!taken)
                return false;
            if (known.Contains(arguments[i]))
                paths.Add(arguments[i]);
        }

        options = new BenchOptions(paths.Count > 0 ? paths : [.. known], rounds, seconds);
        return true;
    }

    private static bool TryNumber(string? text, out int number) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out number) && number is >= 1 and <= 3600;
}
