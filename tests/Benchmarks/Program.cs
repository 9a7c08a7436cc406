System.Console.WriteLine("0 passed, 0 failed");
