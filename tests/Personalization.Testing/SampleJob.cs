using Personalization.Imagine.Jobs;

namespace Personalization.Testing;

/// <summary>A job to do.</summary>
public static class SampleJob
{
    /// <summary>An accepted job of person 42 for two pictures of 8 x 8 pixels by the backend "Painter", with seed 5.</summary>
    public static ImagineJob Create(ulong id) => new()
    {
        Id = id,
        Person = new(42),
        ReplyTo = "channel",
        Prompt = "a forest --seed 5",
        Backend = "Painter",
        Request = new() { Text = "a forest", Seed = 5, Count = 2, Width = 8, Height = 8 },
        AcceptedAt = DateTimeOffset.UnixEpoch.AddDays(20_000).AddSeconds(id),
    };
}
