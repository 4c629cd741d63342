using System.Text.Json;
using System.Text.Json.Serialization;
using Personalization.Imagine.Jobs;

namespace Personalization.Storage.Imagine;

/// <summary>Failures as JSON. Earlier versions stored a sentence instead, and none of theirs begins with a brace.</summary>
internal static class JobFailureJson
{
    /// <summary>What stored failures begin with whose jobs have pictures: those of <see cref="JobFailure.Incomplete"/>.</summary>
    public const string Incomplete = """
        {"$type":"incomplete"
        """;

    private static readonly JsonSerializerOptions Options = new(JsonSerializerDefaults.Web)
    {
        Converters = { new JsonStringEnumConverter() },
    };

    public static string Write(JobFailure failure) => JsonSerializer.Serialize(failure, Options);

    public static JobFailure Read(string stored) => stored.StartsWith('{')
        ? JsonSerializer.Deserialize<JobFailure>(stored, Options) ?? throw new InvalidDataException("A stored failure is null.")
        : new JobFailure.Sentence(stored);
}
