namespace Tumbler.Bench.Micro;

/// <summary>Work that failed, or that waited for something, is not the work that is to be measured.</summary>
internal static class Check
{
    public static void That(bool done)
    {
        if (!done)
            throw new InvalidOperationException("The work was not done.");
    }

    public static T AtOnce<T>(ValueTask<T> answer) =>
        answer.IsCompletedSuccessfully ? answer.Result : throw new InvalidOperationException("The answer has to be waited for.");
}
