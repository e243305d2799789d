using System.Diagnostics;
using System.Globalization;
using System.Text;

namespace Tumbler.Stories.Tests.Readme;

/// <summary>One bash into which blocks are pasted one after the other, as a reader does it.</summary>
internal static class Shell
{
    // It stands in no block.
    private const string Mark = "#-#-#";

    // Blocks wait for what they have brought about; one that waits in vain is to be seen with what it said.
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(10);

    /// <param name="environment">What is set in it before, or unset.</param>
    public static async Task<IReadOnlyList<Pasted>> Paste(
        string directory, IReadOnlyList<string> blocks, IReadOnlyDictionary<string, string?>? environment = null)
    {
        var script = new StringBuilder("exec 2>&1\nset -E\ntrap 'code=$?; [ $failed != 0 ] || failed=$code' ERR\n");
        foreach (var block in blocks)
            script.Append(CultureInfo.InvariantCulture, $"failed=0\n{block}\nprintf '{Mark}%d\\n' $failed\n");

        var start = new ProcessStartInfo("bash", ["-s"])
        {
            WorkingDirectory = directory,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
        };
        foreach (var (name, value) in environment ?? new Dictionary<string, string?>())
            start.Environment[name] = value;
        using var bash = Process.Start(start)!;
        await bash.StandardInput.WriteAsync(script);
        bash.StandardInput.Close();
        using var late = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        late.CancelAfter(Patience);
        var output = new StringBuilder();
        try
        {
            var buffer = new char[4096];
            while (await bash.StandardOutput.ReadAsync(buffer, late.Token) is > 0 and var length)
                output.Append(buffer, 0, length);
            await bash.WaitForExitAsync(late.Token);
        }
        catch (OperationCanceledException)
        {
            bash.Kill(entireProcessTree: true);
            Assert.Fail($"What was pasted had not ended after {Patience.TotalMinutes} minutes. It had printed:\n{output}");
        }

        return [.. Split(output.ToString())];
    }

    private static IEnumerable<Pasted> Split(string output)
    {
        while (output.IndexOf(Mark, StringComparison.Ordinal) is >= 0 and var mark)
        {
            var end = output.IndexOf('\n', mark);
            yield return new Pasted(int.Parse(output.AsSpan(mark + Mark.Length, end - mark - Mark.Length), CultureInfo.InvariantCulture), output[..mark]);
            output = output[(end + 1)..];
        }
    }
}
