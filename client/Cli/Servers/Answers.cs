using Tumbler.Cli.Calls;

namespace Tumbler.Cli.Servers;

internal static class Answers
{
    /// <summary>For a command that needs what the answer says, and not only its text.</summary>
    public static async Task<Outcome<(T Value, ReadOnlyMemory<byte> Body)>> Read<T>(this Task<Outcome<Answer<T>>> asking)
    {
        if (!(await asking).TryGet(out var answer, out var failure) || !answer.Read().TryGet(out var value, out failure))
            return failure;
        return (value, answer.Body);
    }
}
