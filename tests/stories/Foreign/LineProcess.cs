using System.Diagnostics;
using System.Text.Json;

namespace Tumbler.Stories.Tests.Foreign;

/// <summary>A helper that answers one line of JSON with one line of JSON, and lives as long as it is asked things: thousands of
/// questions cost one start.</summary>
internal sealed class LineProcess : IAsyncDisposable
{
    private readonly Process process;
    private readonly SemaphoreSlim turn = new(1);

    public LineProcess(string program, params string[] arguments)
    {
        process = Process.Start(new ProcessStartInfo(program, arguments)
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
        }) ?? throw new InvalidOperationException($"{program} did not start.");
    }

    /// <summary>Something that is not answered.</summary>
    public async Task Tell(object line)
    {
        await process.StandardInput.WriteLineAsync(JsonSerializer.Serialize(line));
        await process.StandardInput.FlushAsync();
    }

    public async Task<JsonElement> Ask(object question)
    {
        await turn.WaitAsync(TestContext.Current.CancellationToken);
        try
        {
            await Tell(question);
            var answer = await process.StandardOutput.ReadLineAsync(TestContext.Current.CancellationToken)
                ?? throw new InvalidOperationException("The helper ended; what it said stands above.");
            return JsonElement.Parse(answer);
        }
        finally
        {
            turn.Release();
        }
    }

    public async ValueTask DisposeAsync()
    {
        process.StandardInput.Close();
        await process.WaitForExitAsync();
        process.Dispose();
        turn.Dispose();
    }
}
