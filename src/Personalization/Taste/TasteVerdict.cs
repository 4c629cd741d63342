namespace Personalization.Taste;

/// <summary>What a person's choices say in all.</summary>
public enum TasteVerdict
{
    /// <summary>There are too few of them to say, or they say too little.</summary>
    TooEarly,

    /// <summary>They are those of a coin: what was learnt foretells them no better than chance, by strong evidence.</summary>
    LikeChance,

    /// <summary>They are foretold as well by what everybody likes.</summary>
    LikeEverybody,

    /// <summary>They follow a taste of their own.</summary>
    OfTheirOwn,
}
