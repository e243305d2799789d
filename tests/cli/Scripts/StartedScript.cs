using System.Diagnostics;
using System.Text;
using Tumbler.Cli.Calls;
using Tumbler.Cli.Commands;

namespace Tumbler.Cli.Tests.Scripts;

/// <summary>A command that goes on until it is interrupted, and what it has said so far.</summary>
internal sealed class StartedScript : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(5);

    private readonly Spoken output = new(), errors = new();

    public StartedScript(Script script, string words, CancellationToken stop) => Ended = Run(script, words, stop);

    public Task<Said> Ended { get; }

    public void Dispose()
    {
        output.Dispose();
        errors.Dispose();
    }

    public async Task HasSaid(string text)
    {
        var waiting = Stopwatch.StartNew();
        while (!output.ToString().Contains(text, StringComparison.Ordinal) && !errors.ToString().Contains(text, StringComparison.Ordinal))
        {
            Assert.False(Ended.IsCompleted, $"It ended without having said: {text}\n{output}{errors}");
            Assert.True(waiting.Elapsed < Patience, $"It did not say in time: {text}\n{output}{errors}");
            await Wait();
        }
    }

    /// <param name="meanwhile">Done again and again until it has ended.</param>
    public async Task<Said> Ends(Action meanwhile)
    {
        var waiting = Stopwatch.StartNew();
        while (!Ended.IsCompleted)
        {
            Assert.True(waiting.Elapsed < Patience, $"It did not end in time:\n{output}{errors}");
            meanwhile();
            await Wait();
        }

        return await Ended;
    }

    private static Task Wait() => Task.Delay(Pause, TimeProvider.System, TestContext.Current.CancellationToken);

    private async Task<Said> Run(Script script, string words, CancellationToken stop)
    {
        var call = new CliCall(
            words.Split(' ', StringSplitOptions.RemoveEmptyEntries), script.Directory, script.Directory, script.Environment, new StringReader(script.Input),
            output, errors, new Screen(script.AtTerminal, script.AtTerminal, script.AtTerminal, script.Width, () => script.Hidden), script.Clock);
        var code = await CommandLine.Run(call, stop);
        return new Said(code, output.ToString(), errors.ToString());
    }

    /// <summary>May be read while it is written.</summary>
    private sealed class Spoken : TextWriter
    {
        private readonly StringBuilder text = new();

        public Spoken() => NewLine = "\n";

        public override Encoding Encoding => Encoding.UTF8;

        public override void Write(char value)
        {
            lock (text)
                text.Append(value);
        }

        public override void Write(string? value)
        {
            lock (text)
                text.Append(value);
        }

        public override string ToString()
        {
            lock (text)
                return text.ToString();
        }
    }
}
