using Personalization.Catalogue;
using Personalization.Styles;

namespace Personalization.Benchmarks;

/// <summary>The seeds that the program ships with.</summary>
internal static class Seeds
{
    public static StyleVocabulary Vocabulary { get; } = Load("styles.json", StyleVocabulary.Load);

    public static RankingPrompts Prompts { get; } = Load("prompts.json", RankingPrompts.Load);

    private static T Load<T>(string file, Func<Stream, T> read)
    {
        using var stream = File.OpenRead(Path.Combine(AppContext.BaseDirectory, "seeds", file));
        return read(stream);
    }
}
