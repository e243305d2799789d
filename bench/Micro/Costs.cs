using System.Globalization;
using System.Text;

namespace Tumbler.Bench.Micro;

/// <summary>What operations and requests cost, and with what it was counted.</summary>
/// <param name="Unrequested">Why nothing is known of requests, or null.</param>
internal sealed record Costs(CountedWith With, WorkCosts Work, IReadOnlyList<(string Name, long Bytes)> Requests, string? Unrequested)
{
    private static readonly string ApprovedFile = Path.Combine(AppContext.BaseDirectory, "../../../../tests/bench/costs.approved.txt");

    /// <summary>Code is compiled once and for all, and in the same way for every processor that has AVX2: else how often something ran
    /// before decides what it takes. Nobody collects garbage meanwhile.</summary>
    private static readonly (string Name, string Value)[] Steady =
    [
        ("DOTNET_TieredCompilation", "0"),
        ("DOTNET_EnableAVX512", "0"),
        ("DOTNET_GCgen0size", "0x10000000"),
        ("GLIBC_TUNABLES", "glibc.cpu.x86_rep_movsb_threshold=0x10000000:glibc.cpu.x86_rep_stosb_threshold=0x10000000"),
    ];

    public static async Task<Costs> Measure()
    {
        // For the processes that are started below.
        foreach (var (name, value) in Steady)
            Environment.SetEnvironmentVariable(name, value);
        var work = WorkCosts.Count();
        var (requests, unrequested) = await RequestBytes.Count();
        return new Costs(CountedWith.ThisMachine(), work, requests, unrequested);
    }

    public string Text()
    {
        var text = new StringBuilder("# Made by bench/micro --approve; tests/bench compares. Bytes and instructions of operations, bytes of requests.\n");
        With.Write(text);
        foreach (var (name, bytes) in Work.Bytes)
            text.Append(CultureInfo.InvariantCulture, $"bytes {name} {bytes}\n");
        foreach (var (name, count) in Work.Instructions)
            text.Append(CultureInfo.InvariantCulture, $"instructions {name} {count}\n");
        foreach (var (name, bytes) in Requests)
            text.Append(CultureInfo.InvariantCulture, $"request {name} {bytes}\n");
        foreach (var (what, why) in Uncounted)
            text.Append(CultureInfo.InvariantCulture, $"uncounted {what} {why}\n");
        return text.ToString();
    }

    /// <summary>False when something could not be counted: that is not what it costs.</summary>
    public bool Approve()
    {
        foreach (var (what, why) in Uncounted)
            Console.Error.WriteLine($"{what}: {why}");
        if (Uncounted.Any())
            return false;
        File.WriteAllText(ApprovedFile, Text());
        return true;
    }

    private IEnumerable<(string What, string Why)> Uncounted =>
        from each in ((string What, string? Why)[])[("instructions", Work.Uncounted), ("request", Unrequested)]
        where each.Why is not null
        select (each.What, each.Why);
}
